# SPDX-License-Identifier: MIT
"""script/build configures the program on a machine without the packages of its tests, and the tests later."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The real cmake, told which packages it cannot find.
CMAKE = f"""#!/bin/sh
exec {shutil.which("cmake")} "$@" $CMAKE_MORE
"""
# The real ninja for cmake, but nothing is to be built.
NINJA = f"""#!/bin/sh
case "$*" in *-n*) echo "no work to do" ;; *) exec {shutil.which("ninja")} "$@" ;; esac
"""
WITHOUT = "-DCMAKE_DISABLE_FIND_PACKAGE_GTest={0} -DCMAKE_DISABLE_FIND_PACKAGE_Python3={0}"


class BareBuild(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gradus-bare-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.source = self.folder / "gradus"
        shutil.copytree(ROOT, self.source, ignore=lambda folder, _: {"build", ".git"} if folder == str(ROOT) else ())
        self.tools = self.folder / "tools"
        self.tools.mkdir()
        for name, text in {"cmake": CMAKE, "ninja": NINJA}.items():
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)

    def configure(self, target, more=""):
        environment = {**os.environ, "PATH": f"{self.tools}:{os.environ['PATH']}", "CMAKE_MORE": more}
        return subprocess.run([self.source / "script/build", "release", target], env=environment,
                              capture_output=True, text=True, timeout=300)

    def has_tests(self):
        return (self.source / "build/release/tests").is_dir()

    def test_the_program_needs_no_package_of_the_tests(self):
        done = self.configure("gradus_program", WITHOUT.format("ON"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(self.has_tests())

        refused = self.configure("all", WITHOUT.format("ON"))
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("libgtest-dev", refused.stderr)

        done = self.configure("all", WITHOUT.format("OFF"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self.has_tests())
        self.assertEqual(self.configure("all").stderr, "")  # configured once


if __name__ == "__main__":
    unittest.main()
