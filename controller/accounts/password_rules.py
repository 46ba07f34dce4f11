"""Which passwords are refused: short, common, made of the user name, of few signs."""

from __future__ import annotations

from controller.errors import Text

SHORTEST = 10
_FEWEST_SIGNS = 5
_LEAST_BESIDE_NAME = 5
# Common passwords long enough to pass otherwise, in small letters; digits at their ends are cut off
# before a password is looked up here.
_WORDS = """
administrator adminadmin changeme changemenow computer computers dragondragon football
helloworld iloveyou iloveyouu khaenkhaen khonkaen letmein letmeinnow masterkey mynameis
network networks p@ssw0rd p@ssword passw0rd password passwordpassword princess qazwsx qazwsxedc
qwerty qwertyuiop qwertyqwerty 1q2w3e4r5t 1qaz2wsx3edc sawasdee secret sunshine superman
temporary thailand thaiscore trustno1 welcome welcomewelcome zaq12wsx zxcvbnm รหัสผ่าน สวัสดี
สวัสดีครับ สวัสดีค่ะ ประเทศไทย
"""
COMMON = frozenset(_WORDS.split())
_ROWS = ("01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")


def refusal(password: str, username: str) -> Text | None:
    """Why nobody should have this password; None when nothing stands against it."""
    if len(password) < SHORTEST:
        return Text(
            th=f"รหัสผ่านต้องยาวอย่างน้อย {SHORTEST} ตัวอักษร",
            en=f"a password needs at least {SHORTEST} characters",
        )
    plain = password.casefold()
    if len(plain.replace(username.casefold(), "")) < _LEAST_BESIDE_NAME:
        return Text(th="รหัสผ่านต้องไม่ใช่ชื่อผู้ใช้", en="a password must be more than the user name")
    if _is_common(plain):
        return Text(
            th="รหัสผ่านนี้เดาได้ง่ายเกินไป ใช้วลีที่จำได้คนเดียวแทน",
            en="this password is too easy to guess; take a phrase only you remember",
        )
    return None


def _is_common(plain: str) -> bool:
    if len(set(plain)) < _FEWEST_SIGNS:
        return True
    if any(plain in row or plain in row[::-1] for row in _ROWS):
        return True
    return plain in COMMON or plain.strip("0123456789!.@#*-_ ") in {"", *COMMON}
