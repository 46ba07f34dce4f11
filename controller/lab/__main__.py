"""The command line of the lab: ``python -m controller.lab`` or ``khaen-lab``."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from controller.lab.asking import ask
from controller.lab.complaints import LabError
from controller.lab.definition import read_definition
from controller.lab.faults import FAULTS
from controller.lab.lifecycle import running_pid, start, stop, wipe

WRONG_INPUT = 2
Action = Callable[[argparse.Namespace], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0, or 2 when the person must change something."""
    wanted = _parser().parse_args(arguments)
    action: Action = wanted.action
    try:
        action(wanted)
        sys.stdout.flush()
    except LabError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="khaen-lab",
        description="อุปกรณ์เครือข่ายจำลองที่เข้าสู่ระบบได้ / Simulated network devices one can log in to.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    for name, action, explanation in (
        ("serve", _serve, "เปิดในเบื้องหน้าจนกว่าจะสั่งหยุด / run in the foreground until stopped"),
        ("up", _up, "เปิดในเบื้องหลัง / start in the background and wait for every device"),
    ):
        command = _command(commands, name, action, explanation)
        command.add_argument("lab", type=Path, metavar="LAB.json")
        command.add_argument(
            "--share", action="store_true", help="all devices on 127.0.0.1, free ports"
        )
        if name == "up":
            command.add_argument("--wait", action=argparse.BooleanOptionalAction, default=True)

    for name, action, explanation in (
        ("down", _down, "ปิดห้องทดลอง (ค่าที่บันทึกไว้ยังอยู่) / stop; saved configurations stay"),
        ("reset", _reset, "ปิดและลบสถานะทั้งหมด / stop and forget everything"),
        ("status", _status, "สถานะของอุปกรณ์ / how the devices are"),
    ):
        command = _command(commands, name, action, explanation)
        command.add_argument("state_dir", type=Path, metavar="STATE_DIR")
        if name == "status":
            command.add_argument("--json", action="store_true")

    _command(commands, "faults", _faults, "รายการความผิดปกติที่สั่งได้ / the faults one can inject")
    command = _device_command(commands, "fault", _fault, "สั่งความผิดปกติ / switch a fault on or off")
    command.add_argument("fault", metavar="FAULT")
    command.add_argument("--on", dest="on", action="store_true", default=True)
    command.add_argument("--off", dest="on", action="store_false")
    command.add_argument("--value")
    command.add_argument("--count", type=int)

    _device_command(commands, "reboot", _reboot, "เริ่มอุปกรณ์ใหม่ / reboot a device")
    command = _device_command(commands, "type", _type, "พิมพ์ค่าที่คอนโซล / type lines on the console")
    command.add_argument("lines", nargs="+", metavar="LINE")
    command = _device_command(commands, "show", _show, "แสดงค่าในอุปกรณ์ / show a configuration")
    command.add_argument("--startup", action="store_true")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    action: Action,
    explanation: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=explanation, description=explanation)
    command.set_defaults(action=action)
    return command


def _device_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    action: Action,
    explanation: str,
) -> argparse.ArgumentParser:
    command = _command(commands, name, action, explanation)
    command.add_argument("state_dir", type=Path, metavar="STATE_DIR")
    command.add_argument("device", metavar="DEVICE")
    return command


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _serve(wanted: argparse.Namespace) -> None:
    # Only this command needs the servers' libraries; the others stay quick without them.
    from controller.lab.serving import serve

    serve(read_definition(wanted.lab), share=wanted.share)


def _up(wanted: argparse.Namespace) -> None:
    definition = read_definition(wanted.lab)
    fresh = start(wanted.lab, definition, share=wanted.share, wait=wanted.wait)
    count = len(definition.devices) + len(definition.delivered)
    if fresh:
        _say(f"เปิดอุปกรณ์จำลอง {count} เครื่องแล้ว / {count} devices are up ({definition.state_dir})")
    else:
        _say(f"ห้องทดลองทำงานอยู่แล้ว / the lab was running already ({definition.state_dir})")


def _down(wanted: argparse.Namespace) -> None:
    if stop(wanted.state_dir):
        _say("ปิดห้องทดลองแล้ว / the lab is down")
    else:
        _say("ไม่มีห้องทดลองทำงานอยู่ / no lab was running")


def _reset(wanted: argparse.Namespace) -> None:
    stop(wanted.state_dir)
    wipe(wanted.state_dir)
    _say("ล้างสถานะของห้องทดลองแล้ว / the lab has forgotten everything")


def _status(wanted: argparse.Namespace) -> None:
    if running_pid(wanted.state_dir) is None and wanted.json:
        _say(json.dumps({"running": False, "devices": []}))
        return
    status = ask(wanted.state_dir, {"command": "status"})
    if wanted.json:
        _say(json.dumps({"running": True, **status}, ensure_ascii=False, indent=2))
        return
    for row in status["devices"]:
        notes = [row["problem"] or "", *row["faults"]]
        notes += ["pending"] if row["pending"] else []
        where = f"{row['address']}:{row['port']}"
        state = f"{row['access']:<7} {' '.join(notes)}".rstrip()
        _say(f"{row['name']:<20} {row['platform']:<11} {where:<22} {state}")


def _faults(_: argparse.Namespace) -> None:
    for fault in FAULTS.values():
        often = "until --off" if fault.count is None else f"strikes {fault.count}x unless --count"
        _say(f"{fault.name}\n    {fault.th}\n    {fault.en}")
        _say(f"    {often}" + (f"; --value: {fault.value}" if fault.value else ""))


def _fault(wanted: argparse.Namespace) -> None:
    request = {"command": "fault", "device": wanted.device, "fault": wanted.fault, "on": wanted.on}
    ask(wanted.state_dir, {**request, "value": wanted.value, "count": wanted.count})
    _say(f"{wanted.device}: {wanted.fault} {'on' if wanted.on else 'off'}")


def _reboot(wanted: argparse.Namespace) -> None:
    ask(wanted.state_dir, {"command": "reboot", "device": wanted.device})
    _say(f"{wanted.device}: กำลังเริ่มใหม่ / rebooting")


def _type(wanted: argparse.Namespace) -> None:
    request = {"command": "type", "device": wanted.device, "lines": wanted.lines}
    result = ask(wanted.state_dir, request)
    if result["refused"]:
        lines = "; ".join(result["refused"])
        raise LabError(f"อุปกรณ์ไม่รับบรรทัด: {lines}", f"the device refused: {lines}")
    _say(f"{wanted.device}: เปลี่ยน {result['changed']} บรรทัด / {result['changed']} lines changed")


def _show(wanted: argparse.Namespace) -> None:
    request = {"command": "show", "device": wanted.device, "startup": wanted.startup}
    sys.stdout.write(ask(wanted.state_dir, request)["config"])


if __name__ == "__main__":
    sys.exit(main())
