"""The recipes for CI do what they say: their commands run on the example policy.

Where a recipe calls docker, a stand-in checks what is mounted and runs the command of
this build in its place.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

try:
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

MODCORE = os.environ["MODCORE"]
ROOT = Path(__file__).resolve().parent.parent.parent
DOCKER = r"""#!/usr/bin/env bash
# docker build ... --file FILE FOLDER | docker run ... IMAGE ARGUMENT...
set -euo pipefail
echo "docker $*" >> "$DOCKER_LOG"
verb=$1; shift
folder=
while [[ ${1:-} == --* ]]; do
  case "$1" in
    --file) [[ -f $2 ]] || { echo "no $2" >&2; exit 9; }; shift 2 ;;
    --tag | --user) shift 2 ;;
    --env) [[ $2 == GITHUB_STEP_SUMMARY=* || $2 == *=* ]] || exit 9; shift 2 ;;
    --volume) [[ -e ${2%%:*} ]] || { echo "no ${2%%:*}" >&2; exit 9; }
      [[ ${2#*:} == /rules ]] && folder=${2%%:*}; shift 2 ;;
    *) shift ;;
  esac
done
if [[ $verb == build ]]; then [[ -d $1 ]]; exit; fi
shift
cd "$folder"
exec modcore "$@"
"""
REVIEWDOG = "#!/usr/bin/env python3\nimport json, sys\njson.load(sys.stdin)['diagnostics']\n"


class Recipes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = Path(folder.name) / "bin"
        self.project = Path(folder.name) / "project"
        self.bin.mkdir()
        shutil.copytree(ROOT / "examples", self.project,
                        ignore=lambda _, names: [n for n in names if not n.endswith((".yaml", ".ndjson"))])
        (self.bin / "modcore").symlink_to(MODCORE)
        for name, text in (("docker", DOCKER), ("reviewdog", REVIEWDOG)):
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)
        self.summary = Path(folder.name) / "summary.md"
        self.environment = {k: v for k, v in os.environ.items() if k != "MODCORE_RULES"}
        self.environment.update(PATH=f"{self.bin}:{os.environ['PATH']}", GITHUB_ACTION_PATH=str(ROOT),
                                GITHUB_STEP_SUMMARY=str(self.summary), DOCKER_LOG=str(self.bin / "log"))

    def shell(self, script, **environment):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=self.project, text=True,
                              capture_output=True, env={**self.environment, **environment}, timeout=300)
        self.assertEqual(done.returncode, 0, f"{script}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def check_json(self, name, kind):
        self.assertIsInstance(json.loads((self.project / name).read_text()), kind)

    def check_junit(self, name):
        self.assertGreater(int(ET.parse(self.project / name).getroot().get("tests")), 100)

    def test_the_action(self):
        action = yaml.safe_load((ROOT / "action.yml").read_text())
        defaults = {name: entry["default"] for name, entry in action["inputs"].items()}
        self.assertEqual(len(action["runs"]["steps"]), 3)
        for step in action["runs"]["steps"]:
            values = {key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: defaults[m[1]], value)
                      for key, value in step.get("env", {}).items()}
            self.shell(step["run"], **values)
        self.check_json(defaults["sarif"], dict)
        self.check_junit(defaults["junit"])
        self.assertIn("modcore", self.summary.read_text())
        self.assertEqual((self.bin / "log").read_text().count("docker run"), 2)

    def test_the_hooks(self):
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        self.assertEqual(len(hooks), 3)
        for hook in hooks:
            files = [n for n in os.listdir(self.project) if re.search(hook["files"], n)]
            self.assertGreater(len(files), 2)
            names = " ".join(files) if hook.get("pass_filenames", True) else ""
            self.shell(" ".join([hook["entry"], *hook.get("args", []), names]))
        self.shell("modcore fmt --check policy.yaml our.rules.yaml")

    def test_where_there_is_no_policy_the_hooks_and_recipes_fail(self):
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        commands = [" ".join([h["entry"], *h["args"]]) for h in hooks if not h.get("pass_filenames", True)]
        page = (ROOT / "docs/ci.md").read_text()
        commands += re.findall(r"\bmodcore (?:check|test) [^|\n]*", page.split("## GitHub Actions")[1])
        self.assertGreaterEqual(len(commands), 8)
        for command in commands:
            done = subprocess.run(["bash", "-c", command], cwd=self.bin, text=True, capture_output=True,
                                  env=self.environment, timeout=300)
            self.assertEqual(done.returncode, 3, f"{command}\n{done.stdout}{done.stderr}")
            self.assertIn("policy.yaml", done.stderr)

    def gitlab(self, job, inputs):
        for line in job["script"]:
            self.shell(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: inputs[m[1]], line))
        self.check_json(job["artifacts"]["reports"]["codequality"], list)
        self.check_junit(job["artifacts"]["reports"]["junit"])

    def test_the_gitlab_component(self):
        spec, jobs = yaml.safe_load_all((ROOT / "templates/modcore.yml").read_text())
        inputs = {name: entry["default"] for name, entry in spec["spec"]["inputs"].items()}
        self.gitlab(jobs["modcore"], inputs)

    def test_what_init_writes(self):
        for service, name in (("github", ".github/workflows/rules.yml"), ("gitlab", ".gitlab-ci.yml")):
            folder = self.project / service
            self.shell(f"modcore init {service} --ci {service}")
            made = yaml.safe_load((folder / name).read_text())
            steps = made["jobs"]["rules"]["steps"] if service == "github" else made["rules"]["script"]
            commands = [s if isinstance(s, str) else s.get("run", "") for s in steps]
            ran = [c for c in commands if c.startswith("modcore ")]
            self.assertEqual(len(ran), 2)
            for command in ran:
                self.shell(f"cd {service} && {command}")

    def test_the_commands_of_the_page(self):
        page = (ROOT / "docs/ci.md").read_text()
        (self.project / "posts.ndjson").write_text('{"body": "roses"}\n')
        (self.project / "Containerfile").write_text("")
        blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        self.assertGreaterEqual(len(blocks), 3)
        for block in blocks:
            self.shell(block)
        self.check_json("modcore.sarif", dict)
        found = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        jobs = [yaml.safe_load(block) for block in found]
        self.assertGreaterEqual(len(jobs), 4)
        (job,) = [j["rules"] for j in jobs if "rules" in j]
        self.gitlab(job, {})

    def test_the_image_has_every_library_that_is_linked(self):
        if not shutil.which("dpkg") or not shutil.which("ldd"):
            self.skipTest("neither dpkg nor ldd")
        recipe = (ROOT / "Containerfile").read_text()
        installed = set(re.search(r"--no-install-recommends (.*?)\n  &&", recipe, re.DOTALL)[1].replace("\\", "").split())
        # Of every Debian system, or what those named bring along.
        given = {"libc6", "libstdc++6", "libgcc-s1", "libunistring2"}
        lines = subprocess.run(["ldd", MODCORE], capture_output=True, text=True, check=True).stdout
        checked = 0
        for path in re.findall(r"=> (/\S+)", lines):
            for each in (path, os.path.realpath(path), path.replace("/lib/", "/usr/lib/", 1)):
                owner = subprocess.run(["dpkg", "-S", each], capture_output=True, text=True).stdout
                if owner:
                    break
            package = owner.split(":")[0]
            if not package or package in given or package.startswith("libvectorscan"):
                continue
            self.assertIn(package, installed, path)
            checked += 1
        self.assertGreater(checked, 4)


if __name__ == "__main__":
    unittest.main()
