"""`ansible-playbook` with cisco.ios.ios_config, in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import measure
from bench.fleet import USERNAME, BenchDevice
from bench.gated import GatedOffice

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv-bench"
REQUIREMENTS = HERE / "requirements-ansible.txt"
COLLECTIONS = tuple(
    f"ansible_collections/{name}/" for name in ("ansible/netcommon", "ansible/utils", "cisco/ios")
)


def installed() -> bool:
    """Install once; False, with the reason printed, when this machine cannot."""
    stamp = ENVIRONMENT / "installed.stamp"
    if stamp.exists() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return True
    sys.stdout.write("installing ansible-core and three collections into .venv-bench ...\n")
    try:
        _install()
    except (subprocess.CalledProcessError, OSError, StopIteration) as error:
        sys.stdout.write(f"skipped: Ansible cannot be installed here ({error})\n")
        return False
    stamp.write_bytes(REQUIREMENTS.read_bytes())
    return True


def push(office: GatedOffice, devices: Sequence[BenchDevice], forks: int) -> measure.Cost:
    """One run of the playbook over `devices` of the office."""
    folder = office.folder / "ansible"
    folder.mkdir(parents=True, exist_ok=True)
    hosts = {}
    for device in devices:
        lines = folder / f"{device.name}.cfg"
        lines.write_text(device.lines + "\n", encoding="utf-8")
        hosts[device.name] = {
            "ansible_host": device.address,
            "ansible_port": device.port,
            "lines_file": str(lines),
        }
    shared = {
        "ansible_user": USERNAME,
        "ansible_password": "{{ lookup('ansible.builtin.env', 'BENCH_PASSWORD') }}",
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_network_cli_ssh_type": "paramiko",
    }
    inventory = folder / "inventory.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts, "vars": shared}}), encoding="utf-8")
    playbook = HERE / "ansible/push.yml"
    return measure.run(
        [ENVIRONMENT / "bin/ansible-playbook", "-i", inventory, "-f", str(forks), playbook],
        environment={
            "ANSIBLE_CONFIG": str(HERE / "ansible/ansible.cfg"),
            "ANSIBLE_HOME": str(folder / "home"),
            "BENCH_PASSWORD": office.device_password,
            "LC_ALL": "C.UTF-8",
        },
        beside=office.lab_process,
    )


def _install() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    python = str(ENVIRONMENT / "bin/python")
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-r", str(REQUIREMENTS)], check=True)
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    wheel = next(ln.rpartition(" ")[2] for ln in lines if ln.startswith("# collections from:"))
    packages = next((ENVIRONMENT / "lib").glob("python3*/site-packages"))
    with TemporaryDirectory() as folder:
        subprocess.run([*pip, "download", "--no-deps", "-d", folder, wheel], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("ansible-*.whl"))) as archive:
            wanted = [name for name in archive.namelist() if name.startswith(COLLECTIONS)]
            archive.extractall(packages, wanted)
    collections = packages / "ansible_collections"
    subprocess.run([python, "-m", "compileall", "-q", collections], check=True)
