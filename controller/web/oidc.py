"""Signing in at the office's own provider: OpenID Connect, authorization code with PKCE."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from controller.errors import KhaenError, NotAllowed, NotFound, Text
from controller.operations.context import Context
from controller.operations.log_in import CodeNeeded
from controller.operations.log_in_elsewhere import log_in_elsewhere
from controller.settings import Oidc
from controller.web.cookies import ELSEWHERE, forget_passing, keep_passing, passing
from controller.web.signin import ask_code, local, origin_of, sign_in_again, signed_in
from controller.workspace.secrets import resolve_secret

router = APIRouter(include_in_schema=False)
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_PATIENCE = 10
_CLOCKS_APART = 60


@dataclass(frozen=True)
class _Provider:
    """What its own page about itself says."""

    issuer: str
    authorization: str
    token: str
    keys: str


@router.get("/sign-in/elsewhere")
async def leave(request: Request, next: str = "/") -> Response:  # noqa: A002
    """Send the visitor to the provider, and remember in their browser what must come back."""
    context: Context = request.scope["khaen"]
    try:
        address, kept = await asyncio.to_thread(_begin, context, _return_address(request))
    except KhaenError as error:
        return sign_in_again(request, local(next), error)
    response = RedirectResponse(address, 303)
    keep_passing(response, request, context, ELSEWHERE, json.dumps({**kept, "next": local(next)}))
    return response


@router.get("/sign-in/elsewhere/back")
async def come_back(request: Request, state: str = "", code: str = "") -> Response:
    """The provider's answer: a session for a person of the office, or the sign-in page again."""
    context: Context = request.scope["khaen"]
    told = passing(request, context, ELSEWHERE)
    kept: dict[str, str] = json.loads(told) if told else {}
    following = kept.get("next", "/")
    try:
        if not hmac.compare_digest(state.encode(), kept.get("state", secrets.token_hex()).encode()):
            raise _distrusted("state")
        claimed = await asyncio.to_thread(_end, context, _return_address(request), kept, code)
        opened = await asyncio.to_thread(log_in_elsewhere, context, claimed, origin_of(request))
    except CodeNeeded as half:
        response = ask_code(request, half.ticket, following)
    except KhaenError as error:
        response = sign_in_again(request, following, error)
    else:
        return signed_in(request, opened, following)
    forget_passing(response, request, ELSEWHERE)
    return response


def _begin(context: Context, back: str) -> tuple[str, dict[str, str]]:
    provider = _provider(context.settings.oidc)
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    address, _ = _client(context, back).create_authorization_url(
        provider.authorization,
        state=kept["state"],
        nonce=kept["nonce"],
        code_verifier=kept["verifier"],
    )
    return str(address), kept


def _end(context: Context, back: str, kept: dict[str, str], code: str) -> str:
    """The name the provider vouches for. Errors: `NotAllowed`."""
    provider = _provider(context.settings.oidc)
    try:
        given = _client(context, back).fetch_token(
            provider.token, code=code, code_verifier=kept["verifier"], timeout=_PATIENCE
        )
        keys = KeySet.import_key_set(_fetched(provider.keys))
        token = jwt.decode(str(given.get("id_token", "")), keys, algorithms=_ALGORITHMS)
    except requests.RequestException:
        raise _silent() from None
    except (OAuthError, JoseError, ValueError):
        raise _distrusted("token") from None
    return _claimed(context.settings.oidc, token.claims, kept["nonce"])


def _claimed(oidc: Oidc, claims: dict[str, Any], nonce: str) -> str:
    """The user name in a token whose signature holds. Errors: `NotAllowed`."""
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    now = time.time()
    checks = {
        "iss": claims.get("iss") == oidc.issuer,
        "aud": oidc.client_id in named and (len(named) == 1 or claims.get("azp") == oidc.client_id),
        "exp": _number(claims.get("exp")) > now - _CLOCKS_APART,
        "iat": 0 < _number(claims.get("iat")) < now + _CLOCKS_APART,
        "nonce": hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
        "email": oidc.claim != "email" or claims.get("email_verified") is True,
        oidc.claim: bool(claims.get(oidc.claim)) and isinstance(claims[oidc.claim], str),
    }
    for name, holds in checks.items():
        if not holds:
            raise _distrusted(name)
    return str(claims[oidc.claim])


def _provider(oidc: Oidc) -> _Provider:
    """What the provider says of itself. Errors: `NotFound` without one, `NotAllowed`."""
    if not oidc.issuer or not oidc.client_id:
        raise NotFound(Text(th="ไม่ได้ตั้งค่าบัญชีของหน่วยงาน", en="no provider is configured"))
    try:
        told = _fetched(f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
        found = _Provider(
            issuer=told["issuer"],
            authorization=told["authorization_endpoint"],
            token=told["token_endpoint"],
            keys=told["jwks_uri"],
        )
    except requests.RequestException:
        raise _silent() from None
    except (KeyError, TypeError, ValueError):
        raise _distrusted("openid-configuration") from None
    own = urlsplit(oidc.issuer).scheme
    addresses = (found.authorization, found.token, found.keys)
    if found.issuer != oidc.issuer or any(urlsplit(a).scheme != own for a in addresses):
        raise _distrusted("issuer")
    return found


def _fetched(address: str) -> Any:
    answer = requests.get(address, timeout=_PATIENCE)
    answer.raise_for_status()
    return answer.json()


def _client(context: Context, back: str) -> Any:
    oidc = context.settings.oidc
    secret = resolve_secret(context.root, oidc.client_secret) if oidc.client_secret else None
    return OAuth2Session(
        oidc.client_id,
        secret,
        scope="openid profile email",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
    )


def _return_address(request: Request) -> str:
    context: Context = request.scope["khaen"]
    here = context.settings.web.address or f"{request.url.scheme}://{request.url.netloc}"
    return f"{here}/sign-in/elsewhere/back"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _silent() -> NotAllowed:
    return NotAllowed(
        Text(th="ติดต่อระบบบัญชีของหน่วยงานไม่ได้", en="the office's provider does not answer"),
        hint=Text(
            th="ลองใหม่ภายหลัง หรือใช้ชื่อผู้ใช้และรหัสผ่านของแคน",
            en="try again later, or sign in with a password of Khaen",
        ),
    )


def _distrusted(what: str) -> NotAllowed:
    return NotAllowed(
        Text(
            th=f"คำตอบจากระบบบัญชีของหน่วยงานเชื่อถือไม่ได้ ({what})",
            en=f"the answer of the office's provider cannot be trusted ({what})",
        ),
        hint=Text(th="เข้าสู่ระบบใหม่อีกครั้ง", en="sign in once more"),
    )
