"""Reads what a playbook will do without running it: its plays, blocks, roles and handlers."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from controller.errors import Problem, Text
from controller.language import nearest
from controller.playbooks.keywords import GATHERING, INCLUDES_FILES, INCLUDES_ROLES, module_of
from controller.playbooks.modules import Does, does, full_name
from controller.playbooks.nodes import Spot, pattern_of, templated

FOLDER = "playbooks/"
ROLES = "playbooks/roles/"
MOST_TASKS = 2000
_DEEPEST = 50
_OWN = ("library", "action_plugins", "modules")
_SUFFIXES = ("", ".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Task:
    """One task, in the order Ansible would come to it.

    `name` is empty where the playbook gives none. `check_mode` is what the playbook says of it,
    itself or around it; None when the run decides. `handler`: only when something changed. `role`
    is the role it stands in; `file` and `line` where.
    """

    number: int
    play: str
    name: str
    module: str
    check_mode: bool | None
    line: int
    file: str
    does: Does = "runs"
    handler: bool = False
    role: str = ""

    @property
    def called(self) -> str:
        """Its name, or its module where it has none."""
        return self.name or self.module

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing, however the playbook is run."""
        return self.does == "reads" or (self.does == "predicts" and self.check_mode is True)


@dataclass(frozen=True)
class Seen:
    """A task with the place it stands in, for judging it."""

    task: Task
    spot: Spot
    arguments: Spot


@dataclass
class Plays:
    """What was read of a playbook: its tasks, its roles by name, and the playbooks it imports.

    `plays` are where they stand, `places` everything that can carry keywords: plays, blocks, tasks,
    roles; `problems` what cannot be as it stands, `remarks` what people
    should know.
    """

    seen: list[Seen] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    plays: list[Spot] = field(default_factory=list)
    places: list[Spot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks, numbered from 1."""
        return tuple(replace(s.task, number=n) for n, s in enumerate(self.seen, 1))


@dataclass(frozen=True)
class _Around:
    """What holds for a task because of where it stands."""

    play: str
    file: str
    check_mode: bool | None = None
    role: str = ""
    handler: bool = False
    depth: int = 0


class PlayReader:
    """Reads one playbook.

    `paths` are the files below playbooks/, relative to the workspace; `read` gives the top of one
    of them as YAML, and has told itself what is wrong with a file it gives nothing of.
    """

    def __init__(self, paths: Collection[str], read: Callable[[str], Spot]) -> None:
        self._paths = paths
        self._read = read
        self._roles = sorted({p[len(ROLES) :].split("/")[0] for p in paths if p.startswith(ROLES)})
        self._within: list[str] = []
        # Blocks too are counted: an alias may stand within itself.
        self._met = 0
        self.found = Plays()

    def playbook(self, path: str) -> Plays:
        """Everything that stands in the playbook at `path` and in what it takes in."""
        top = self._read(path)
        if not top:
            return self.found
        if not top.is_list:
            self.found.problems.append(top.problem(_NO_PLAYS))
            return self.found
        self._within.append(path)
        for play in top.items():
            if play.is_mapping:
                self._play(play)
            else:
                self.found.problems.append(play.problem(_NO_PLAY))
        self._within.pop()
        return self.found

    def _play(self, play: Spot) -> None:
        imported = play.at("import_playbook", "ansible.builtin.import_playbook")
        if imported:
            self._import_playbook(imported)
            return
        self.found.plays.append(play)
        self.found.places.append(play)
        name = play.at("name").word or play.at("hosts").word
        around = _Around(play=name, file=play.path, check_mode=self._check_mode(play, None))
        if play.at("gather_facts").truth is not False:
            self._add(Task(0, name, "Gathering Facts", GATHERING, None, play.line, play.path), play)
        self._tasks(play.at("pre_tasks"), around)
        for role in play.at("roles").items():
            self.found.places.append(role)
            self._role(role, role.at("role", "name") if role.is_mapping else role, around)
        self._tasks(play.at("tasks"), around)
        self._tasks(play.at("post_tasks"), around)
        self._tasks(play.at("handlers"), replace(around, handler=True))

    def _import_playbook(self, told: Spot) -> None:
        path = self._near(told.word, told.path)
        if path is None or templated(told.word):
            self.found.problems.append(
                told.problem(_NO_SUCH_FILE, suggestion=self._meant(told.word))
            )
        elif path not in self._within:
            self.found.imported.add(path)
            self.playbook(path)

    def _tasks(self, tasks: Spot, around: _Around) -> None:
        if tasks and not tasks.is_list and (tasks.word or tasks.is_mapping):
            self.found.problems.append(tasks.problem(_NO_LIST))
        for task in tasks.items():
            if self._met >= MOST_TASKS or around.depth > _DEEPEST:
                self.found.problems.append(task.problem(_TOO_MANY))
                return
            if task.is_mapping:
                self._task(task, around)
            elif task:
                self.found.problems.append(task.problem(_NO_TASK))

    def _task(self, task: Spot, around: _Around) -> None:
        self._met += 1
        self.found.places.append(task)
        around = replace(around, check_mode=self._check_mode(task, around.check_mode))
        if task.at("block"):
            inside = replace(around, depth=around.depth + 1)
            for part in ("block", "rescue", "always"):
                self._tasks(task.at(part), inside)
            return
        told = module_of(task)
        if told is None:
            self.found.problems.append(task.problem(_NO_MODULE))
            return
        module, arguments = told
        if module in INCLUDES_FILES:
            name = arguments.at("file", "_raw_params") if arguments.is_mapping else arguments
            self._include(name, around)
        elif module in INCLUDES_ROLES:
            self._role(arguments, arguments.at("name", "role"), around)
        else:
            own = self._is_own(module)
            self._add(
                Task(
                    number=0,
                    play=around.play,
                    name=task.at("name").word,
                    module=module if own else full_name(module),
                    check_mode=around.check_mode,
                    line=task.line,
                    file=task.path,
                    does="runs" if own else does(module, arguments),
                    handler=around.handler,
                    role=around.role,
                ),
                task,
                arguments,
            )

    def _is_own(self, module: str) -> bool:
        """Whether a module of the office takes the place of one of Ansible's, by its short name."""
        name = module.removeprefix("ansible.legacy.")
        return any(p.endswith(tuple(f"/{f}/{name}.py" for f in _OWN)) for p in self._paths)

    def _add(self, task: Task, spot: Spot, arguments: Spot | None = None) -> None:
        if task.module == GATHERING:
            task = replace(task, does="reads")
        self.found.seen.append(Seen(task, spot, arguments or Spot(spot.path, None)))

    def _check_mode(self, around: Spot, otherwise: bool | None) -> bool | None:
        told = around.at("check_mode")
        if not told:
            return otherwise
        if told.truth is None:
            self.found.problems.append(told.problem(_UNSURE, allowed=("true", "false")))
        return told.truth

    def _include(self, name: Spot, around: _Around) -> None:
        paths = list(self._files(name.word, around)) if name.word else []
        if not paths:
            near = "" if templated(name.word) else self._meant(name.word)
            self.found.problems.append(name.problem(_NO_SUCH_FILE, suggestion=near))
        for path in paths:
            if path in self._within:
                continue
            self._within.append(path)
            self._tasks(self._read(path), replace(around, file=path))
            self._within.pop()

    def _files(self, word: str, around: _Around) -> Iterator[str]:
        """The files a name may mean: one, or of a name worked out later all that fit it."""
        if not templated(word):
            found = self._near(word, around.file, around.role)
            yield from (found,) if found else ()
            return
        pattern = pattern_of(word)
        folders = self._folders(around.file, around.role)
        wanted = {posixpath.normpath(posixpath.join(folder, pattern)) for folder in folders}
        # Playbooks themselves are no files of tasks.
        within = [p for p in self._paths if "/" in p.removeprefix(FOLDER)]
        yield from (p for p in within if any(_fits(p, w) for w in sorted(wanted)))

    def _folders(self, file: str, role: str) -> tuple[str, ...]:
        own = (f"{ROLES}{role}/tasks", f"{ROLES}{role}/handlers") if role else ()
        return (posixpath.dirname(file), *own, FOLDER.rstrip("/"))

    def _near(self, word: str, file: str, role: str = "") -> str | None:
        places = (posixpath.normpath(posixpath.join(f, word)) for f in self._folders(file, role))
        named = (place + suffix for place in places for suffix in _SUFFIXES)
        return next((path for path in named if path in self._paths), None)

    def _meant(self, word: str) -> str:
        names = {p.removeprefix(FOLDER) for p in self._paths if p.endswith(_SUFFIXES[1:])}
        return nearest(word, names)

    def _role(self, at: Spot, told: Spot, around: _Around) -> None:
        word = told.word
        if not word:
            self.found.problems.append(at.problem(_NO_ROLE_NAME))
            return
        if templated(word):
            pattern = pattern_of(word)
            names = [role for role in self._roles if fnmatchcase(role, pattern)]
            self.found.remarks.append(told.problem(_ANY_ROLE))
        else:
            names = [word] if word in self._roles else []
        if not names:
            near = nearest(word, self._roles)
            away = word.count(".") > 1 or "/" in word
            message = _ROLE_ELSEWHERE if away else _NO_ROLE
            self.found.problems.append(
                told.problem(message, allowed=tuple(self._roles), suggestion=near)
            )
        check_mode = self._check_mode(at, around.check_mode) if at.is_mapping else around.check_mode
        inside = replace(around, check_mode=check_mode)
        for name in names:
            self._one_role(name, at.at("tasks_from").word, replace(inside, role=name))

    def _one_role(self, name: str, tasks_from: str, around: _Around) -> None:
        self.found.roles.add(name)
        mark = f"{ROLES}{name}//{tasks_from}"
        if mark in self._within:
            return
        self._within.append(mark)
        for needed in self._part(name, "meta", "main").at("dependencies").items():
            self.found.places.append(needed)
            self._role(needed, needed.at("role", "name") if needed.is_mapping else needed, around)
        pattern = pattern_of(tasks_from or "main")
        for path in self._role_files(name, "tasks", pattern):
            self._tasks(self._read(path), replace(around, file=path))
        for path in self._role_files(name, "handlers", "main"):
            self._tasks(self._read(path), replace(around, file=path, handler=True))
        self._within.pop()

    def _part(self, role: str, part: str, name: str) -> Spot:
        path = next(self._role_files(role, part, name), None)
        return self._read(path) if path else Spot("", None)

    def _role_files(self, role: str, part: str, pattern: str) -> Iterator[str]:
        wanted = [f"{ROLES}{role}/{part}/{pattern}{suffix}" for suffix in _SUFFIXES]
        yield from (p for p in self._paths if any(_fits(p, w) for w in wanted))


def _fits(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern whose `*` stands for no folder."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


_NO_PLAYS = Text(th="เพลย์บุ๊กต้องเป็นรายการของ play", en="a playbook is a list of plays")
_NO_PLAY = Text(th="play ต้องเป็นกลุ่มของ “หัวข้อ: ค่า”", en="a play is a group of “key: value”")
_NO_LIST = Text(
    th="ต้องเป็นรายการของงานย่อย ขึ้นต้นแต่ละข้อด้วย -", en="must be a list of tasks, each after “-”"
)
_NO_TASK = Text(th="งานย่อยต้องเป็นกลุ่มของ “หัวข้อ: ค่า”", en="a task is a group of “key: value”")
_NO_MODULE = Text(
    th="งานย่อยนี้ไม่บอกว่าใช้โมดูลใด หรือบอกมากกว่าหนึ่งโมดูล",
    en="the task names no module, or more than one",
)
_TOO_MANY = Text(
    th=f"มีงานย่อยเกิน {MOST_TASKS} งาน ให้แยกเป็นหลายเพลย์บุ๊ก",
    en=f"more than {MOST_TASKS} tasks; make several playbooks of it",
)
_UNSURE = Text(
    th="check_mode ต้องเป็น true หรือ false ตรง ๆ เพราะต้องรู้ก่อนเริ่มรัน",
    en="`check_mode` must be plain true or false: it has to be known before anything runs",
)
_NO_SUCH_FILE = Text(
    th="ไม่พบไฟล์นี้ใต้ playbooks/ (ไฟล์นอก playbooks/ ไม่ถูกส่งไปรัน)",
    en="no such file below playbooks/; files outside it are not there when it runs",
)
_NO_ROLE = Text(th="ไม่มีโรลนี้ใน playbooks/roles", en="no such role in playbooks/roles")
_NO_ROLE_NAME = Text(th="ไม่บอกชื่อโรล", en="the name of the role is missing")
_ROLE_ELSEWHERE = Text(
    th="ใช้ได้เฉพาะโรลใน playbooks/roles เพราะโรลที่อื่นแก้ไขได้โดยไม่ผ่านการอนุมัติ",
    en="only roles in playbooks/roles can be used: others could change after an approval",
)
_ANY_ROLE = Text(
    th="ชื่อโรลนี้รู้ได้เมื่อรันเท่านั้น ทุกโรลที่ชื่อเข้ากันได้จึงนับเป็นส่วนหนึ่งของเพลย์บุ๊ก",
    en="which role this is shows only when it runs; every role that fits is part of the playbook",
)
