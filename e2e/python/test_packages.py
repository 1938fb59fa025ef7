"""The launcher packages: built from the binary under test, installed into empty folders without a network."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from threading import Timer

import pytest
import stripe
import yaml
from paydesk_server import BINARY, REPOSITORY

VERSION = tomllib.loads((REPOSITORY / "Cargo.toml").read_text())["workspace"]["package"]["version"]
# Whatever hangs is as broken as what fails.
LIMIT_SECONDS = 120
ENVIRONMENT = {**os.environ, "npm_config_offline": "true", "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command, cwd: Path, **more) -> subprocess.CompletedProcess:
    options = {"capture_output": True, "text": True, "timeout": LIMIT_SECONDS, "env": ENVIRONMENT, **more}
    return subprocess.run(command, cwd=cwd, **options)


def succeed(*command, cwd: Path, **more) -> str:
    done = run(*command, cwd=cwd, **more)
    assert done.returncode == 0, f"{command}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    succeed(sys.executable, "packages/pack.py", BINARY, folder, cwd=REPOSITORY)
    return folder


@pytest.fixture(scope="module")
def npm_launcher(packages, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("npm")
    succeed("npm", "install", "--no-audit", "--no-fund", *sorted(packages.glob("*.tgz")), cwd=folder)
    return folder / "node_modules/.bin/paydesk"


@pytest.fixture(scope="module")
def pypi_launcher(packages, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pypi")
    succeed(sys.executable, "-m", "venv", "venv", cwd=folder)
    succeed("venv/bin/python", "-m", "pip", "install", "-q", *packages.glob("*.whl"), cwd=folder)
    return folder / "venv/bin/paydesk"


@pytest.fixture(params=["npm_launcher", "pypi_launcher"])
def launcher(request) -> Path:
    return request.getfixturevalue(request.param)


def test_the_version_is_that_of_the_workspace(launcher, tmp_path):
    assert succeed(launcher, "--version", cwd=tmp_path) == f"paydesk {VERSION}\n"


def test_npx_finds_it(npm_launcher):
    folder = npm_launcher.parents[2]
    assert succeed("npx", "paydesk", "--version", cwd=folder) == f"paydesk {VERSION}\n"


def test_exit_codes_and_errors_go_through(launcher, tmp_path):
    refused = run(launcher, "serve", "--nonsense", cwd=tmp_path)
    assert refused.returncode == 2
    assert "--nonsense" in refused.stderr


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_the_sdk_and_stops_in_order_when_it_is_told(launcher, tmp_path, key, told):
    command = [launcher, "serve", "--listen", "127.0.0.1:0", "--database", "paydesk.db"]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=log, text=True
    ) as server:
        limit = Timer(LIMIT_SECONDS, server.kill)
        limit.start()
        try:
            line = server.stdout.readline()
            address = re.fullmatch(r"listening on (http://\S+)\n", line)
            assert address, f"{line}{(tmp_path / 'log').read_text()}"
            client = stripe.StripeClient(key, base_addresses={"api": address[1]}, max_network_retries=0)
            product = client.v1.products.create({"name": "Coffee"})
            assert client.v1.products.retrieve(product.id).name == "Coffee"
            server.send_signal(told)
            assert server.wait() == 0
        finally:
            limit.cancel()
            server.kill()
    assert not (tmp_path / "paydesk.db-wal").exists(), "everything was moved into the file"
    assert "told twice" not in (tmp_path / "log").read_text()


def test_without_the_binary_of_the_platform_the_launcher_says_what_to_do(packages, tmp_path):
    launcher = packages / f"paydesk-{VERSION}.tgz"
    succeed("npm", "install", "--no-audit", "--no-fund", "--omit=optional", launcher, cwd=tmp_path)
    refused = run("node_modules/.bin/paydesk", "--version", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: the package @paydesk/")


def test_the_steps_of_the_github_workflow_run_as_they_stand(packages, tmp_path_factory):
    example = REPOSITORY / "examples/github-actions"
    workflow = yaml.safe_load((example / "workflow.yml").read_text())
    steps = {step.get("name"): step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step}
    # Inside the repository, so that the example finds the SDK where our tests do.
    (REPOSITORY / "target").mkdir(exist_ok=True)
    scratch = REPOSITORY / "target/github-actions"
    succeed("rm", "-rf", scratch, cwd=REPOSITORY)
    succeed("cp", "-r", example, scratch, cwd=REPOSITORY)
    (scratch / "paydesk-packages").symlink_to(packages)
    handed_on = scratch / "handed-on"
    handed_on.touch()
    environment = {**ENVIRONMENT, "GITHUB_ENV": str(handed_on), "STRIPE_SECRET_KEY": "sk_test_ci_1_1_0"}

    def step(name: str) -> None:
        environment.update(line.split("=", 1) for line in handed_on.read_text().splitlines())
        # As GitHub runs them. What is started in the background outlives its step.
        succeed("bash", "-e", "-c", steps[name], cwd=scratch, env=environment, stdin=subprocess.DEVNULL)

    step("Install Paydesk")
    started = "echo $! > paydesk.pid\n"
    steps["Start Paydesk"] = steps["Start Paydesk"].replace("paydesk.log &\n", f"paydesk.log &\n{started}")
    assert started in steps["Start Paydesk"]
    try:
        step("Start Paydesk")
        step("Test")
    finally:
        os.kill(int((scratch / "paydesk.pid").read_text()), signal.SIGTERM)
    assert "status=200" in (scratch / "paydesk.log").read_text()
