"""The zip against the rules of the QGIS plug-in site; every rule is shown to refuse what it is there for."""

from __future__ import annotations

import configparser
import zipfile

import pytest
from site_rules import LARGEST, refusals

from scripts import build

FOLDER = build.NAME


@pytest.fixture(scope="module")
def files():
    return {f"{FOLDER}/{name}": data for name, data in build.contents().items()}


def write(path, files, mode=0o100644):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, data)
    return path


def test_the_package_is_taken():
    assert refusals(build.package()) == []


PLANTED = {
    "../evil.py": "leads out of the folder: ../evil.py",
    f"{FOLDER}/domain/__pycache__/a.py": f"hidden or a cache: {FOLDER}/domain/__pycache__/a.py",
    f"{FOLDER}/.bandit": f"hidden or a cache: {FOLDER}/.bandit",
    f"{FOLDER}/.git/config": f"hidden or a cache: {FOLDER}/.git/config",
    f"{FOLDER}/a.pyc": f"binary: {FOLDER}/a.pyc",
    f"{FOLDER}/lib/geos.dll": f"binary: {FOLDER}/lib/geos.dll",
    f"{FOLDER}/lib/geos.so": f"binary: {FOLDER}/lib/geos.so",
    f"{FOLDER}/图.svg": f"no name for Windows: {FOLDER}/图.svg",
    f"{FOLDER}/a:b.svg": f"no name for Windows: {FOLDER}/a:b.svg",
    f"{FOLDER}/METADATA.TXT": f"twice on Windows: {FOLDER}/metadata.txt",
    f"{FOLDER}/{'a' * 90}.py": f"name too long: {FOLDER}/{'a' * 90}.py",
    "other/__init__.py": f"not one folder: ['other', '{FOLDER}']",
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_file_that_does_not_belong_is_refused(files, tmp_path, name):
    assert PLANTED[name] in refusals(write(tmp_path / "a.zip", files | {name: b"x"}))


@pytest.mark.parametrize("name", ["__init__.py", "metadata.txt", "LICENSE"])
def test_a_file_that_is_missing_is_refused(files, tmp_path, name):
    left = {key: data for key, data in files.items() if key != f"{FOLDER}/{name}"}
    assert refusals(write(tmp_path / "a.zip", left)) == [f"missing: {name}"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"MZ\x90\x00", "binary inside"),
        (b"\x7fELF\x02", "binary inside"),
        (b"PK\x03\x04", "binary inside"),
        (b"x = 1  # nosec", "tells bandit to look away"),
        (b"x = 1  # pragma: allowlist secret", "tells detect-secrets to look away"),
    ],
)
def test_a_file_is_refused_for_what_is_in_it(files, tmp_path, data, fault):
    planted = files | {f"{FOLDER}/domain/planted.py": data}
    assert refusals(write(tmp_path / "a.zip", planted)) == [f"{fault}: {FOLDER}/domain/planted.py"]


def test_a_file_that_may_be_run_is_refused(files, tmp_path):
    assert len(refusals(write(tmp_path / "a.zip", files, 0o100755))) == len(files)


def test_what_is_too_large_broken_or_no_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"x" * (LARGEST + 1))
    assert refusals(path) == [f"larger than {LARGEST} bytes"]
    path.write_bytes(b"no zip at all")
    assert refusals(path) == ["damaged, or no zip"]
    data = bytearray(build.package().read_bytes())
    with zipfile.ZipFile(build.package()) as archive:
        first = archive.infolist()[0]
    data[first.header_offset + 30 + len(first.filename) + 10] ^= 0xFF
    path.write_bytes(bytes(data))
    assert refusals(path) == ["damaged, or no zip"]


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("email", "", "metadata: no email"),
        ("about", "", "metadata: no about"),
        ("tracker", "http://bugs", "metadata: tracker is no address"),
        ("repository", "somewhere", "metadata: repository is no address"),
        ("author", "we/they", "metadata: an author has no slashes"),
        ("icon", "icons/none.svg", "metadata: no icon"),
        ("about", "15 % of the land", "metadata cannot be read: InterpolationSyntaxError"),
    ],
)
def test_metadata_that_the_site_refuses(files, tmp_path, key, value, fault):
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read_string(files[f"{FOLDER}/metadata.txt"].decode("utf-8"))
    parser["general"][key] = value
    with (tmp_path / "metadata.txt").open("w", encoding="utf-8") as file:
        parser.write(file)
    changed = files | {f"{FOLDER}/metadata.txt": (tmp_path / "metadata.txt").read_bytes()}
    assert refusals(write(tmp_path / "a.zip", changed)) == [fault]
