"""Packs a paydesk binary into launcher packages for npm and PyPI, without a network and without publishing.

    python3 packages/pack.py BINARY FOLDER

Both are written here, byte by byte the same from the same input, because each format is a few lines, and a
build tool for either would want to build the binary as well.
"""

import base64
import gzip
import hashlib
import io
import json
import platform
import re
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]
SUMMARY = "A self-hosted Checkout Session server that speaks the Stripe API"
LICENCE = "MIT OR Apache-2.0"

# What npm calls a platform, by what Python calls it: operating system, processor.
NPM_PLATFORMS = {
    ("Linux", "x86_64"): ("linux", "x64"),
    ("Linux", "aarch64"): ("linux", "arm64"),
    ("Darwin", "x86_64"): ("darwin", "x64"),
    ("Darwin", "arm64"): ("darwin", "arm64"),
}


def main(binary: Path, folder: Path) -> None:
    version = tomllib.loads((REPOSITORY / "Cargo.toml").read_text())["workspace"]["package"]["version"]
    machine = (platform.system(), platform.machine())
    if machine not in NPM_PLATFORMS:
        sys.exit(f"error: there are no packages for {' '.join(machine)} yet")
    program = binary.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in [
        *npm_packages(program, version, *NPM_PLATFORMS[machine]),
        wheel(program, version, wheel_platform(program, machine)),
    ]:
        (folder / name).write_bytes(content)
        print(folder / name)


def npm_packages(program: bytes, version: str, os: str, cpu: str):
    """The launcher, and the binary of one platform, which the launcher names as optional."""
    about = {"version": version, "license": LICENCE}
    names = [f"@paydesk/{os}-{cpu}" for os, cpu in NPM_PLATFORMS.values()]
    launcher = {
        "name": "paydesk",
        "description": SUMMARY,
        **about,
        "bin": {"paydesk": "bin/paydesk.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": {name: version for name in names},
    }
    files = {
        "README.md": (HERE / "npm/README.md").read_bytes(),
        "bin/paydesk.js": (HERE / "npm/bin/paydesk.js").read_bytes(),
    }
    yield f"paydesk-{version}.tgz", npm_tarball(launcher, files)

    alone = {
        "name": f"@paydesk/{os}-{cpu}",
        "description": f"The paydesk binary for {os}-{cpu}; install the package paydesk instead",
        **about,
        "os": [os],
        "cpu": [cpu],
        # Linked against the GNU C library, which not every Linux has.
        **({"libc": ["glibc"]} if os == "linux" else {}),
    }
    readme = f"# @paydesk/{os}-{cpu}\n\nThe binary of the package `paydesk` for {os}-{cpu}.\n"
    files = {"README.md": readme.encode(), "bin/paydesk": program}
    yield f"paydesk-{os}-{cpu}-{version}.tgz", npm_tarball(alone, files)


def npm_tarball(manifest: dict, files: dict[str, bytes]) -> bytes:
    licences = {name: (REPOSITORY / name).read_bytes() for name in LICENCES}
    manifest_text = json.dumps(manifest, indent=2) + "\n"
    entries = {"package.json": manifest_text.encode(), **licences, **files}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(entries.items()):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            entry.mode = 0o755 if name.startswith("bin/") else 0o644
            tar.addfile(entry, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), compresslevel=6, mtime=0)


def wheel_platform(program: bytes, machine: tuple[str, str]) -> str:
    """The oldest system the binary runs on, as wheels name it."""
    system, processor = machine
    if system == "Darwin":
        return "macosx_11_0_" + processor
    # The versions of the C library that its functions are wanted from are texts in the binary.
    wanted = [int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", program)]
    if not wanted:
        sys.exit("error: the binary is not linked against the GNU C library")
    return f"manylinux_2_{max(wanted)}_{processor}"


def wheel(program: bytes, version: str, tag: str) -> tuple[str, bytes]:
    """A wheel whose only script is the binary itself."""
    info = f"paydesk-{version}.dist-info"
    metadata = "\n".join([
        "Metadata-Version: 2.4",
        "Name: paydesk",
        f"Version: {version}",
        f"Summary: {SUMMARY}",
        f"License-Expression: {LICENCE}",
        *[f"License-File: {name}" for name in LICENCES],
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
        "",
        (HERE / "pypi/README.md").read_text(),
    ])
    kind = f"Wheel-Version: 1.0\nGenerator: paydesk\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n"
    files = {
        f"paydesk-{version}.data/scripts/paydesk": program,
        **{f"{info}/licenses/{name}": (REPOSITORY / name).read_bytes() for name in LICENCES},
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": kind.encode(),
    }
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            archive.writestr(entry, content)
    return f"paydesk-{version}-py3-none-{tag}.whl", packed.getvalue()


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
