"""Templates of intended configuration: which there are, what they include, which secrets they name.

A template's name is its path below `inventory/config/`, for example `cisco_ios/access.j2`; that is
also how `{% include %}` and `{% import %}` spell it. Rendering is the work of `plans`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from controller.errors import Problem, Text
from controller.language import nearest
from controller.workspace.files import TEMPLATES
from controller.workspace.template_names import unknown_functions, words_of

SUFFIX = ".j2"


@dataclass(frozen=True)
class Template:
    """A parsed template; `includes` and `secrets` are (line, name) in the order of the text.

    `needs` maps each word the template does not define itself to the line of its first use;
    `gives` are the words it defines, which the templates it includes see too.
    """

    name: str
    text: str
    includes: tuple[tuple[int, str], ...] = ()
    secrets: tuple[tuple[int, str], ...] = ()
    needs: Mapping[str, int] = field(default_factory=dict)
    gives: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The path relative to the workspace."""
        return TEMPLATES + self.name


def template_name(platform: str, role: str) -> str:
    """The name of the template for devices of a platform in a role."""
    return f"{platform}/{role}{SUFFIX}"


def parse_template(name: str, text: str) -> Template:
    """Parse one template; Jinja's complaints stand in `problems`."""
    path = TEMPLATES + name
    try:
        # Parsed only, never rendered here, so autoescaping has no say.
        tree = Environment(autoescape=False).parse(text)  # noqa: S701
        unknown = unknown_functions(tree)
        needs, gives = ({}, frozenset[str]()) if unknown else words_of(tree)
    except TemplateSyntaxError as error:
        return Template(name, text, problems=(_syntax_problem(path, text, error),))
    includes, dynamic = _includes(tree)
    secrets, nameless = _secrets(tree)
    problems = [_at(path, text, line, _DYNAMIC) for line in dynamic]
    problems += [_at(path, text, line, _NAMELESS) for line in nameless]
    problems += [
        _name_problem(path, text, line, word, _NO_FILTER, known) for line, word, known in unknown
    ]
    return Template(name, text, includes, secrets, needs, gives, tuple(problems))


def closure(name: str, templates: Mapping[str, Template]) -> tuple[str, ...]:
    """`name` and every template it includes, directly or not, sorted; unknown ones left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found or current not in templates:
            continue
        found.add(current)
        waiting.extend(included for _, included in templates[current].includes)
    return tuple(sorted(found))


def check_templates(
    templates: Mapping[str, Template], secrets: Collection[str] | None
) -> Iterator[Problem]:
    """Syntax, includes that do not exist, secrets that `khaen.toml` does not name.

    `secrets` is None when `khaen.toml` could not be read, so that nobody knows them.
    """
    for template in templates.values():
        yield from template.problems
        for line, included in template.includes:
            if included not in templates:
                yield _name_problem(
                    template.path, template.text, line, included, _NO_TEMPLATE, templates
                )
        for line, secret in template.secrets:
            if secrets is not None and secret not in secrets:
                yield _name_problem(template.path, template.text, line, secret, _NO_SECRET, secrets)


def _includes(tree: nodes.Template) -> tuple[tuple[tuple[int, str], ...], list[int]]:
    found: list[tuple[int, str]] = []
    dynamic: list[int] = []
    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in tree.find_all(kinds):
        name = node.template  # type: ignore[attr-defined]
        if isinstance(name, nodes.Const) and isinstance(name.value, str):
            found.append((node.lineno, name.value))
        else:
            dynamic.append(node.lineno)
    return tuple(found), dynamic


def _secrets(tree: nodes.Template) -> tuple[tuple[tuple[int, str], ...], list[int]]:
    found: list[tuple[int, str]] = []
    nameless: list[int] = []
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name != "secret":
            continue
        word = call.args[0] if len(call.args) == 1 else None
        if isinstance(word, nodes.Const) and isinstance(word.value, str):
            found.append((call.lineno, word.value))
        else:
            nameless.append(call.lineno)
    return tuple(found), nameless


def _at(path: str, text: str, line: int, message: Text) -> Problem:
    lines = text.split("\n")
    found = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Problem(path, line, 1, message, found)


def _name_problem(
    path: str, text: str, line: int, name: str, message: Text, allowed: Collection[str]
) -> Problem:
    column = text.split("\n")[line - 1].find(name) + 1
    words = tuple(sorted(allowed))
    return Problem(path, line, max(column, 1), message, name, words, nearest(name, words))


def _syntax_problem(path: str, text: str, error: TemplateSyntaxError) -> Problem:
    reason = error.message or "?"
    message = Text(th=f"แม่แบบเขียนไม่ถูกต้อง: {reason}", en=f"the template does not parse: {reason}")
    return _at(path, text, error.lineno, message)


_DYNAMIC = Text(
    th="ชื่อแม่แบบที่นำเข้าต้องเขียนตรง ๆ ในเครื่องหมายคำพูด จึงจะรู้ล่วงหน้าว่าแผนใช้ไฟล์ใดบ้าง",
    en="an included template is named by plain text, so that a plan knows its files beforehand",
)
_NAMELESS = Text(
    th='secret(...) ต้องมีชื่อเดียวในเครื่องหมายคำพูด เช่น secret("snmp_ro")',
    en='secret(...) takes one name in quotes, for example secret("snmp_ro")',
)
_NO_TEMPLATE = Text(th="ไม่มีแม่แบบนี้ใน inventory/config", en="no such template in inventory/config")
_NO_FILTER = Text(
    th="แม่แบบไม่มีคำสั่งแปลงหรือคำสั่งตรวจชื่อนี้", en="templates know no filter or test of this name"
)
_NO_SECRET = Text(
    th="ไม่มีรหัสลับชื่อนี้ในหมวด [secrets] ของ khaen.toml",
    en="khaen.toml names no such secret under [secrets]",
)
