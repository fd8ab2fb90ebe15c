# SPDX-License-Identifier: MIT
"""gradus data get and list against a real server on this machine that does everything wrong a server
can do: what is wrong is never taken, what is right is never fetched twice."""

import errno
import gzip
import json
import os
import pathlib
import pty
import shutil
import signal
import socket
import struct
import subprocess
import unittest

from file_server import FileServer, answer, cut_after, give, give_whole, stall_after
from program import DATA, HAS_MNIST, PROGRAM, ProgramTest

SHIM = os.environ.get("GRADUS_FAULT_SHIM")
NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte",
         "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
IMAGES = "train-images-idx3-ubyte.gz"


def idx(*sizes, content):
    return struct.pack(f">BBBB{len(sizes)}I", 0, 0, 8, len(sizes), *sizes) + content


def made_files():
    """Four files of the right shapes. The first images are noise, so that they have some size."""
    contents = []
    for n in (60000, 10000):
        noise = bytes(i * i * 2654435761 >> 13 & 255 for i in range(200 * 784))
        contents.append(idx(n, 28, 28, content=noise + bytes((n - 200) * 784)))
        contents.append(idx(n, content=bytes(i % 10 for i in range(n))))
    return {f"{name}.gz": gzip.compress(content, 1, mtime=0)
            for name, content in zip(NAMES, contents)}


class DataGet(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.files = made_files()

    def setUp(self):
        super().setUp()
        self.server = self.serve(self.files)
        self.data = self.folder / "data"
        self.environment = {"GRADUS_DATA_DIR": str(self.data), "no_proxy": "127.0.0.1"}

    def serve(self, files):
        server = FileServer(files)
        self.addCleanup(server.close)
        return server

    def get(self, *options, expect=0, servers=None, name="kmnist", environment=None):
        mirrors = [f"--mirror={server.url}" for server in servers or (self.server,)]
        return self.run_program("data", "get", name, *mirrors, "--timeout", 1, *options,
                                expect=expect,
                                environment={**self.environment, **(environment or {})})

    def path(self, name=IMAGES, dataset="kmnist"):
        return self.data / dataset / name

    def put_others(self):
        """Three of the four files, so that only the first images are asked for."""
        self.path().parent.mkdir(parents=True)
        for name, content in self.files.items():
            if name != IMAGES:
                self.path(name).write_bytes(content)

    def assert_complete(self):
        self.assertEqual({path.name: path.read_bytes() for path in self.path().parent.iterdir()},
                         self.files)

    def assert_refused(self, reason, **options):
        """Fails with one line that has the reason; nothing is left that could be taken for data."""
        process = self.get(expect=1, **options)
        line = process.stderr.splitlines()[-1]
        self.assertRegex(line, reason)
        self.assertTrue(line.startswith(f"gradus: {IMAGES}: no mirror gave it; http://127."), line)
        self.assertIn("by hand", line)
        self.assertFalse(self.path().exists())
        return line

    # What should happen

    def test_downloads_four_files_and_then_nothing(self):
        process = self.get()
        self.assert_complete()
        self.assertEqual(len(self.server.requests), 4)
        self.assertRegex(self.server.agents.pop(), r"^gradus/\d+\.\d+\.\d+$")
        self.assertIn("no checksum of this data set is known", process.stdout)
        self.assertEqual(process.stderr, "")
        again = self.get()
        self.assertEqual(len(self.server.requests), 4)
        self.assertEqual(again.stdout.count("is there already"), 4)

        info = self.run_program("data", "info", "kmnist", environment=self.environment)
        self.assertIn("kmnist: 60,000 training and 10,000 test images of 28x28, 10 classes",
                      info.stdout)

    def test_takes_files_that_are_not_compressed_as_they_are(self):
        self.put_others()
        self.path(NAMES[0]).write_bytes(gzip.decompress(self.files[IMAGES]))
        self.get()
        self.assertEqual(self.server.requests, [])

    def test_replaces_what_is_wrong_and_says_so(self):
        self.put_others()
        for name in (IMAGES, NAMES[0]):  # compressed or not
            with self.subTest(name=name):
                self.path(name).write_bytes(b"something else")
                self.assertIn("not an IDX file", self.get().stderr)
                self.assert_complete()

    def test_keeps_what_is_wrong_until_there_is_better(self):
        self.put_others()
        self.path().write_bytes(b"something else")
        self.server.reset(all=answer(404))
        self.get(expect=1)
        self.assertEqual(self.path().read_bytes(), b"something else")

    @unittest.skipUnless(HAS_MNIST, "needs the real MNIST in GRADUS_DATA_DIR")
    def test_knows_the_real_mnist_by_its_checksums(self):
        real = {path.name: path.read_bytes() for path in (pathlib.Path(DATA) / "mnist").iterdir()}
        self.server.files = {name: real[name] for name in self.files}
        self.assertIn("the known one", self.get(name="mnist").stdout)
        self.assertEqual(self.path(dataset="mnist").read_bytes(), real[IMAGES])
        # Compressed in another way it is the same.
        content = gzip.decompress(real["t10k-images-idx3-ubyte.gz"])
        self.path("t10k-images-idx3-ubyte.gz", "mnist").write_bytes(gzip.compress(content, 1))
        self.assertEqual(self.get(name="mnist").stdout.count("is there already"), 4)

    def test_refuses_right_shapes_with_a_wrong_checksum(self):
        line = self.assert_refused("the SHA-256 of the content is [0-9a-f]{64}, expected ba891046",
                                   name="mnist")
        self.assertFalse(self.path(dataset="mnist").exists())
        self.assertIn(str(self.data / "mnist"), line)

    # Broken connections

    def test_resumes_a_download_that_breaks_off(self):
        self.put_others()
        self.server.reset(all=cut_after(20000))
        self.get()
        self.assert_complete()
        self.assertEqual(self.server.requests, [(IMAGES, None), (IMAGES, "bytes=20000-")])
        self.assertEqual(self.server.num_sent, len(self.files[IMAGES]))

    def test_resumes_in_a_later_run_and_on_another_mirror(self):
        self.put_others()
        self.server.reset(all=stall_after(20000))
        line = self.assert_refused("broke off after 20000 bytes: Operation too slow")
        self.assertIn("20,000 bytes are kept", line)
        other = self.serve(self.files)
        self.assertIn("resuming", self.get(servers=[other]).stderr)
        self.assert_complete()
        self.assertEqual(other.requests, [(IMAGES, "bytes=20000-")])
        self.assertEqual(self.server.num_sent + other.num_sent, len(self.files[IMAGES]))

    def test_starts_over_when_the_server_knows_no_ranges(self):
        self.put_others()
        self.path(IMAGES + ".part").write_bytes(self.files[IMAGES][:20000])
        self.server.reset(all=give_whole)
        self.get()
        self.assert_complete()
        self.assertEqual(self.server.requests, [(IMAGES, "bytes=20000-")])

    def test_a_wrong_beginning_does_no_harm(self):
        whole = self.files[IMAGES]
        for beginning in (b"\x1f\x8b" + bytes(5000), whole, whole + b"more", b"", b"x" * 10**8):
            with self.subTest(size=len(beginning)):
                shutil.rmtree(self.data, ignore_errors=True)
                self.put_others()
                self.path(IMAGES + ".part").write_bytes(beginning)
                self.server.reset()
                self.get()
                self.assert_complete()
                self.assertEqual(self.server.requests[-1], (IMAGES, None))

    def test_a_wrong_part_does_no_harm(self):
        self.put_others()
        self.path(IMAGES + ".part").write_bytes(self.files[IMAGES][:20000])
        self.server.reset(all=lambda request, content: request.answer(206, content[:100])
                          if request.headers["Range"] else give(request, content))
        self.get()
        self.assert_complete()

    def test_gives_up_on_a_server_that_breaks_off_again_and_again(self):
        self.put_others()
        self.server.reset(all=lambda request, content: request.answer(206, b"\x1f", length=9))
        self.assert_refused("broke off after 4 bytes")
        self.assertEqual(len(self.server.requests), 4)

    def test_ctrl_c_keeps_what_came(self):
        self.put_others()
        self.server.reset(all=stall_after(20000))
        terminal, stderr = pty.openpty()
        with open(terminal, "rb", buffering=0) as screen:
            process = subprocess.Popen(
                [PROGRAM, "data", "get", "kmnist", "--mirror", self.server.url], stderr=stderr,
                stdout=subprocess.DEVNULL, env={**os.environ, **self.environment})
            os.close(stderr)
            shown = self.read_until(screen, "20,000 of ")  # the progress line says it has come
            process.send_signal(signal.SIGINT)
            shown += self.read_until(screen, "goes on from there")
        self.assertEqual(process.wait(60), 130)
        self.assertIn(f"20,000 of {len(self.files[IMAGES]):,} bytes", shown)
        self.assertIn(f"20,000 bytes are kept in {self.path(IMAGES + '.part')}", shown)
        self.server.reset()
        self.get()
        self.assert_complete()
        self.assertEqual(self.server.requests, [(IMAGES, "bytes=20000-")])

    def read_until(self, screen, end):
        shown = ""
        while end not in shown:
            shown += screen.read(4096).decode()
        return shown

    # Servers that are wrong

    def test_the_next_mirror_takes_over_and_stays(self):
        bad = self.serve({})
        process = self.get(servers=[bad, self.server])
        self.assert_complete()
        self.assertEqual((len(bad.requests), len(self.server.requests)), (1, 4))
        self.assertRegex(process.stderr, f"^failed    {bad.url}/{IMAGES}: answered 404\n$")

    def test_names_the_answer_of_a_server_that_has_nothing(self):
        for code in (204, 304, 403, 404, 500, 503):
            with self.subTest(code=code):
                self.server.reset(all=answer(code))
                self.assert_refused(f"answered {code}")

    def test_follows_a_redirect_but_not_for_ever_and_not_to_files(self):
        self.server.reset(train_images=lambda request, content: give(request, content)
                          if "there" in request.path
                          else request.answer(302, Location=f"/there/{IMAGES}"))
        self.get()
        self.assert_complete()
        shutil.rmtree(self.data)
        self.server.reset(all=answer(302, Location=f"/{IMAGES}"))
        self.assert_refused("Maximum .* redirects followed")
        self.server.reset(all=answer(302, Location=f"file://{PROGRAM}"))
        self.assert_refused('Protocol "file" not supported')

    def test_a_length_that_lies_is_found_out(self):
        whole = self.files[IMAGES]
        self.put_others()
        self.server.reset(all=answer(200, whole, length=len(whole) - 10))
        self.assert_refused("the gzip data is cut short")
        # Too long a claim is harmless: all of the file came.
        self.server.reset(all=answer(200, whole, length=len(whole) + 10))
        self.get()
        self.assert_complete()

    def test_refuses_content_that_is_something_else(self):
        images = idx(60000, 28, 28, content=bytes(60000 * 784))
        whole = self.files[IMAGES]
        for content, reason in {
                b"<!DOCTYPE html><p>Please log in": "is a web page, not the file",
                b"": "found 0",
                whole[:-8] + bytes(8): "the gzip data is corrupt",
                gzip.compress(images + bytes(10**7), 1): "goes on past the 47040016 bytes expected",
                gzip.compress(idx(60000, 28, 27, content=bytes(60000 * 28 * 27)), 1):
                    r"shape \(60000, 28, 27\), expected \(60000, 28, 28\)",
                gzip.compress(b"\0\0\x0d\x03" + images[4:], 1): "expected element type",
                bytes(48 * 10**6): "sends more than the 47091152 bytes the file can have",
        }.items():
            with self.subTest(reason=reason):
                self.server.reset(all=answer(200, content))
                self.assert_refused(reason)
                self.assertEqual(list(self.path().parent.iterdir()), [])

    def test_refuses_labels_that_are_none(self):
        self.server.files = {**self.files, "train-labels-idx1-ubyte.gz":
                             gzip.compress(idx(60000, content=b"\x0a" * 60000))}
        self.assertIn("holds a label 10, expected 0 to 9", self.get(expect=1).stderr)

    def test_offline_is_one_clear_sentence(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # and does not listen
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            process = self.run_program("data", "get", "mnist", "--mirror", url, "--mirror",
                                       url + "/b/", expect=1, environment=self.environment)
        self.assertEqual(process.stderr.count("\n"), 1)
        host = url.removeprefix("http://")
        self.assertRegex(
            process.stderr,
            f"^gradus: {IMAGES}: there seems to be no connection to the internet: could not reach "
            f"{host} \\(Failed to connect to [^()]*\\); try again, ")
        self.assertIn(f"put the four files into {self.data}/mnist by hand", process.stderr)

    def test_offline_names_each_host_that_was_tried(self):
        process = self.run_program(
            "data", "get", "mnist", "--mirror", "http://a.invalid/x", "--mirror", "http://b.invalid",
            "--timeout", 2, expect=1, environment={**self.environment, "no_proxy": "*"})
        self.assertIn(f"gradus: {IMAGES}: there seems to be no connection to the internet: could not "
                      "reach a.invalid, b.invalid (", process.stderr)

    def test_one_mirror_that_answers_is_no_lack_of_a_connection(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # and does not listen
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            self.server.reset(all=answer(404))
            process = self.get("--mirror", url, expect=1)
        self.assertIn(f"{IMAGES}: no mirror gave it; {self.server.url}/{IMAGES}: answered 404; "
                      f"{url}/{IMAGES}: Failed to connect", process.stderr)

    def test_says_when_libcurl_is_not_there(self):
        for flavour in ("libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4"):
            (self.folder / flavour).touch()  # found first, and no library
        process = self.get(expect=1, environment={"LD_LIBRARY_PATH": str(self.folder)})
        self.assertRegex(process.stderr, "^gradus: libcurl, which downloads files, cannot be loaded: "
                                         ".*file too short\n$")
        self.assertFalse(self.path().exists())

    # Disks that are wrong

    @unittest.skipUnless(SHIM, "the shim is not loaded with sanitizers")
    def test_a_full_disk_leaves_no_half_file(self):
        for call in ("write", "fsync", "rename"):
            with self.subTest(call=call):
                shutil.rmtree(self.data, ignore_errors=True)
                process = self.get(expect=1, environment={
                    "LD_PRELOAD": SHIM, "GRADUS_FAULT_CALL": call, "GRADUS_FAULT_NUMBER": "2",
                    "GRADUS_FAULT_ERROR": str(errno.ENOSPC), "GRADUS_FAULT_FOLDER": "/kmnist/"})
                self.assertIn("cannot write: No space left on device", process.stderr)
                self.assertEqual([path.name for path in self.path().parent.iterdir()], [IMAGES])
                self.get()
                self.assert_complete()

    def test_a_folder_that_cannot_be_is_found_before_anything_is_downloaded(self):
        self.data.write_text("a file")
        self.assertIn("set GRADUS_DATA_DIR to another folder", self.get(expect=2).stderr)
        self.assertEqual(self.server.requests, [])

    def test_two_at_once_do_not_damage_each_other(self):
        command = [PROGRAM, "data", "get", "kmnist", "--mirror", self.server.url]
        both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 env={**os.environ, **self.environment}) for _ in range(2)]
        for process in both:
            self.assertEqual((process.communicate(timeout=60)[1], process.returncode), (b"", 0))
        self.assert_complete()

    # What is said about it

    def test_list_says_what_is_here(self):
        def states():
            lines = self.run_program("data", "list", "--json", environment=self.environment)
            return {entry["name"]: entry["state"]
                    for entry in map(json.loads, lines.stdout.splitlines())}

        self.assertEqual(states(), {"mnist": "missing", "fashion-mnist": "missing",
                                    "kmnist": "missing"})
        self.get()
        self.assertEqual(states()["kmnist"], "complete")
        shutil.copytree(self.data / "kmnist", self.data / "mnist")  # other pictures
        self.path().unlink()
        self.assertEqual(states(), {"mnist": "damaged", "fashion-mnist": "missing",
                                    "kmnist": "incomplete"})
        text = self.run_program("data", "list", environment=self.environment).stdout
        for part in ("data get mnist  (about 12 MB)", "3 of 4 files in", "expected ba891046"):
            self.assertIn(part, text)

    def test_what_is_missing_comes_with_how_to_get_it(self):
        for name in ("mnist", "fashion-mnist", "kmnist"):
            process = self.run_program("train", "--data", name, expect=2,
                                       environment=self.environment)
            self.assertIn(f"data get {name}` downloads it", process.stderr)

    def test_wrong_usage_is_explained(self):
        for arguments, reason in {
                ("letters",): "there are mnist, fashion-mnist, kmnist",
                ("mnist", "--mirror", "ftp://x"): "expected an address with http:// or https://",
                ("mnist", "--timeout", "0"): "expected a whole number of at least 1",
        }.items():
            process = self.run_program("data", "get", *arguments, expect=2,
                                       environment=self.environment)
            self.assertIn(reason, process.stderr)
        self.assertFalse(self.data.exists())


if __name__ == "__main__":
    unittest.main()
