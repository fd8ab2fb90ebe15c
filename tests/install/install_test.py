# SPDX-License-Identifier: MIT
"""The library as somebody else's project sees it: installed, by pkg-config, and as a subfolder.

    install_test.py BUILD_FOLDER [--all]      --all also builds the library inside the other project
"""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONSUMER = ROOT / "tests/install/consumer"


def run(*command, **options):
    """Runs a command and returns its output; shows the output when it fails."""
    process = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                             **options)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{process.stdout}{process.stderr}")
    return process.stdout


def build_consumer(folder, *options):
    run("cmake", "-S", CONSUMER, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", *options)
    run("cmake", "--build", folder)
    print(run(folder / "consumer", cwd=folder), end="")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="gradus-test-") as name:
        folder = pathlib.Path(name)
        prefix = folder / "prefix"
        run("cmake", "--install", build, "--prefix", prefix)
        build_consumer(folder / "installed", f"-DCMAKE_PREFIX_PATH={prefix}")

        (package,) = prefix.glob("lib/**/pkgconfig/gradus.pc")
        # Installed with another prefix than it was configured with, so it is told.
        query = ["pkg-config", f"--define-variable=prefix={prefix}"]
        environment = {"PKG_CONFIG_PATH": str(package.parent), "PATH": "/usr/bin:/bin"}
        flags = run(*query, "--cflags", "--libs", "gradus", env=environment).split()
        needed = {flag for flag in flags if flag.startswith("-l")}
        if needed != {"-lgradus", "-lz", "-lpng16", "-ljpeg", "-lhwy"}:
            sys.exit(f"pkg-config asks for {sorted(needed)}: it should be Highway, zlib, libpng and libjpeg")
        run("c++", "-std=c++20", CONSUMER / "main.cpp", *flags, "-o", folder / "by_pkg_config")
        print(run(folder / "by_pkg_config", cwd=folder), end="")

        options = [f"-DGRADUS_SOURCE={ROOT}"]
        if "--all" in sys.argv:
            build_consumer(folder / "inside", *options)
        else:
            run("cmake", "-S", CONSUMER, "-B", folder / "inside", "-G", "Ninja", *options)


if __name__ == "__main__":
    main()
