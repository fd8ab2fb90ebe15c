# SPDX-License-Identifier: MIT
"""A web server on this machine that gives files as told: whole, in part, or in every wrong way."""

import http.server
import re
import threading


class FileServer:
    """Answers GET /NAME. `files` is what it gives by name; `behave` by name, or by None for all,
    is a function of (request, content) that answers instead, such as those below.

    `requests` is a list of (name, Range header or None); `num_sent` counts bytes of content.
    """

    def __init__(self, files):
        self.files, self.behave = files, {}
        self.requests, self.num_sent, self.agents = [], 0, set()
        self.is_closing = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = False
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.is_closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def reset(self, **behave):
        self.behave = behave
        self.requests, self.num_sent = [], 0

    def handler(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rsplit("/", 1)[-1]
                outer.requests.append((name, self.headers["Range"]))
                outer.agents.add(self.headers["User-Agent"])
                behave = outer.behave.get(short(name), outer.behave.get("all", give))
                try:
                    behave(self, outer.files.get(name))
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the client has had enough

            def answer(self, code, content=b"", length=None, **headers):
                self.close_connection = True
                self.send_response(code)
                self.send_header("Content-Length", str(len(content) if length is None else length))
                for key, value in headers.items():
                    self.send_header(key.replace("_", "-"), value)
                self.end_headers()
                self.send(content)

            def send(self, content):
                outer.num_sent += len(content)
                self.wfile.write(content)

            def wait_until_closing(self):
                outer.is_closing.wait(60)

            def log_message(self, *_):
                pass

        return Handler


def short(name):
    """train-images-idx3-ubyte.gz as train_images, to be a keyword."""
    return "_".join(name.split("-")[:2])


def give(request, content):
    """As a good server does, ranges too."""
    if content is None:
        return request.answer(404)
    asked = re.fullmatch(r"bytes=(\d+)-", request.headers["Range"] or "")
    if not asked:
        return request.answer(200, content)
    begin = int(asked[1])
    if begin >= len(content):
        return request.answer(416, Content_Range=f"bytes */{len(content)}")
    return request.answer(206, content[begin:],
                          Content_Range=f"bytes {begin}-{len(content) - 1}/{len(content)}")


def give_whole(request, content):
    """Knows no ranges."""
    request.answer(200, content)


def cut_after(num_bytes):
    """Breaks off when it has sent that many bytes of a whole file."""
    def behave(request, content):
        if request.headers["Range"]:
            return give(request, content)
        return request.answer(200, content[:num_bytes], length=len(content))
    return behave


def stall_after(num_bytes):
    """Sends that many bytes and then nothing more, with the connection open."""
    def behave(request, content):
        request.answer(200, content[:num_bytes], length=len(content))
        request.wait_until_closing()
    return behave


def answer(code, content=b"", length=None, **headers):
    return lambda request, _: request.answer(code, content, length, **headers)
