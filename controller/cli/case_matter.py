"""What a case is about, on a terminal: study, evaluation, papers, and what happened when."""

from __future__ import annotations

from datetime import datetime

from controller import thai
from controller.cli import output
from controller.cli.layout import tell
from controller.processes.case import Case, Evaluation, Objective, Reached, Study
from controller.processes.timeline import HAPPENED

_SHORT = 12
_REACHED: dict[Reached, tuple[str, str]] = {
    "met": ("บรรลุ", "met"),
    "partly": ("บรรลุบางส่วน", "partly met"),
    "not-met": ("ไม่บรรลุ", "not met"),
    "unknown": ("ไม่ทราบ", "unknown"),
}


def show_matter(case: Case) -> None:
    """Print what is proposed, what came of it, and the papers, as far as there is any."""
    if case.study:
        _heading("ผลการศึกษาและข้อเสนอ", "Study and proposal")
        _show_study(case.study)
    if case.evaluations:
        _heading("ผลการประเมิน", "Evaluation")
        _show_evaluation(case.evaluations[-1])
    if case.papers or case.submissions:
        _heading("เอกสาร", "Papers")
        _show_papers(case)


def show_history(case: Case) -> None:
    """Print what happened, each with the moment on a Thai clock."""
    _heading("ประวัติ", "History")
    for event in case.events:
        happened = HAPPENED.get(event.what)
        what = output.words(happened.th, happened.en) if happened else event.what
        told = "; ".join(event.note.splitlines())
        tell(f"  {moment(event.at)}  {event.actor:<10} {what} {told}".rstrip(), 6)


def moment(at: datetime) -> str:
    """A moment on a Thai clock, whichever language: deadlines are days in Thailand."""
    return output.words(thai.short_time(at), f"{thai.local_time(at):%Y-%m-%d %H:%M}")


def _heading(th: str, en: str) -> None:
    output.say(f"\n{th}", f"\n{en}")


def _told(th: str, en: str) -> None:
    tell("  " + output.words(th, en), 4)


def _show_study(study: Study) -> None:
    _words("เหตุผล", "reason", study.reason)
    _words("สิ่งที่จะดำเนินการ", "work", study.work)
    for number, objective in enumerate(study.objectives, 1):
        _words(f"วัตถุประสงค์ {number}", f"objective {number}", _objective(objective))
    if study.budget is not None:
        baht = thai.money(study.budget)
        _told(f"งบประมาณ: {baht} บาท", f"budget: {baht} baht")
    if study.begins or study.ends:
        days = [
            "-" if day is None else output.words(thai.short_date(day), day.isoformat())
            for day in (study.begins, study.ends)
        ]
        _told(f"ระยะเวลา: {days[0]} ถึง {days[1]}", f"time: {days[0]} to {days[1]}")


def _objective(objective: Objective) -> str:
    target = output.words("เป้าหมาย", "target")
    return objective.text + (f" ({target}: {objective.target})" if objective.target else "")


def _show_evaluation(evaluation: Evaluation) -> None:
    _words("ผลการดำเนินงาน", "results", evaluation.results)
    _words("ปัญหา", "problems", evaluation.problems)
    _words("ข้อเสนอแนะ", "suggestions", evaluation.suggestions)
    for number, result in enumerate(evaluation.objectives, 1):
        reached = output.words(*_REACHED[result.reached])
        note = f" — {result.note}" if result.note else ""
        _words(f"วัตถุประสงค์ {number}", f"objective {number}", f"{reached}: {result.objective}{note}")
    if evaluation.satisfaction is not None:
        mean, answers = evaluation.satisfaction, evaluation.answers
        _told(
            f"ความพึงพอใจเฉลี่ย: {mean}" + ("" if answers is None else f" จาก {answers} คน"),
            f"mean satisfaction: {mean}" + ("" if answers is None else f" of {answers} answers"),
        )


def _words(th: str, en: str, text: str) -> None:
    """A label and what somebody wrote, of several lines each on its own."""
    first, *further = text.splitlines() or [""]
    _told(f"{th}: {first}", f"{en}: {first}")
    for line in further:
        tell(f"    {line}", 4)


def _show_papers(case: Case) -> None:
    for paper in case.papers:
        revision = output.words(f"ครั้งที่ {paper.revision}", f"revision {paper.revision}")
        tell(f"  {paper.number} ({revision}) {paper.title} {paper.sha256[:_SHORT]}", 4)
    if case.submissions:
        dossier = case.submissions[-1].dossier[:_SHORT]
        _told(f"สำนวนที่เสนอล่าสุด: {dossier}", f"dossier put to the director last: {dossier}")
