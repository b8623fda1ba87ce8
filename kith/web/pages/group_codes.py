"""Group codes (活码): the address people scan at /g/CODE, and the operator's pages behind it."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from kith.connect import api as connect
from kith.connect.api import GroupCode, NoSuchGroupCode
from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words

COOKIE_SECONDS = 30 * 86_400


@allow("anyone")
def group_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the code of the chat group that takes people today; where none does, say so and who is asked."""
    now = timezone.now()
    before = str(request.get_signed_cookie(f"g_{code}", default="", max_age=COOKIE_SECONDS))
    is_program = launch.is_program(request.headers.get("User-Agent", ""), request.headers.get("Sec-Purpose", ""))
    community, found, group = connect.open_group_code(
        code=code, before_id=int(before) if before.isdecimal() else None, counts=request.method == "GET" and not is_program, now=now
    )  # fmt: skip
    shown = community if community.visible_to == "public" or community.entered_by != "invitation" else None
    answer = render(request, "group_page.html", found=found, group=group, community=community, shown=shown, now=now)
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, no_store=True)
    if group and not is_program:
        answer.set_signed_cookie(
            f"g_{code}", str(group.id), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )  # fmt: skip
    return answer


@allow("anyone")
def group_picture(request: HttpRequest, code: str, group: int) -> FileResponse:
    """Return the picture of a chat group's code while it holds."""
    community, found = connect.group_code_at(code, now=timezone.now())
    chosen = next((g for g in found.groups if g.id == group and g.digest and g.state != "expired"), None)
    if chosen is None or not (file := connect.picture_path(community.pk, chosen.digest)).exists():
        raise NoSuchGroupCode
    return FileResponse(file.open("rb"), content_type="image/webp", headers={"Cache-Control": "private, max-age=300"})


@allow("staff", "GET", "POST")
def group_codes(request: HttpRequest, here: Here) -> HttpResponse:
    """List the group codes; a POST makes one."""
    assert here.person
    now, refused, status = timezone.now(), "", 200
    if request.method == "POST":
        form = request.POST
        try:
            made = connect.make_group_code(
                community=here.community, title=form.get("title", ""), note=form.get("note", ""), by=here.person, now=now
            )  # fmt: skip
            return redirect("group_code", slug=here.slug, id=made.id)
        except connect.NoCodeTitle as refusal:
            refused, status = words(refusal), refusal.status
    found = connect.group_codes_of(here.community, now=now)
    today = connect.day_of(now)
    return render(
        request, "group_codes.html", here, nav="posters", found=found, refused=refused, today=today, visits=connect.visits_of,
        status=status, form_of=request.POST,
    )  # fmt: skip


@allow("staff", "GET", "POST")
def group_code(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show a group code with its groups; a POST changes one of them."""
    now, refused, status = timezone.now(), "", 200
    if request.method == "POST":
        try:
            _changed(request, here, id, now)
            return redirect("group_code", slug=here.slug, id=id)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            refused, status = words(refusal), refusal.status
    found = connect.group_code(here.community, id, now=now)
    address = _address(found)
    code = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return render(
        request, "group_code.html", here, nav="posters", found=found, address=address, code=code, refused=refused, now=now,
        most=max((n for _, n in found.visits), default=0), status=status,
    )  # fmt: skip


def _changed(request: HttpRequest, here: Here, group_code_id: int, now: datetime) -> None:
    assert here.person
    form, go = request.POST, request.POST.get("go", "")
    facts: dict[str, Any] = {"community": here.community, "group_code_id": group_code_id, "by": here.person, "now": now}
    if go == "close":
        connect.close_group_code(**facts)
    elif go == "picture":
        file = request.FILES.get("picture")
        if file is None:
            raise connect.NotAnImage
        connect.put_group_picture(**facts, group_id=_number(form.get("group", "")), file=file, size=file.size or 0)
    elif go in {"first", "drop"}:
        act = connect.move_group if go == "first" else connect.drop_group
        act(**facts, group_id=_number(form.get("group", "")))
    else:
        connect.put_group(
            **facts, name=form.get("name", ""), limit=_number(form.get("limit", ""), connect.GROUP_LIMIT), heads=_number(form.get("heads", "")),
            valid_days=0 if form.get("forever") else connect.VALID_DAYS, group_id=_number(form["group"]) if form.get("group") else None,
        )  # fmt: skip


def _number(raw: str, other: int = 0) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 18 else other


def _address(found: GroupCode) -> str:
    return settings.ADDRESS + reverse("group_page", kwargs={"code": found.code})


urlpatterns = [
    path("g/<slug:code>", group_page, name="group_page"),
    path("g/<slug:code>/<int:group>.webp", group_picture, name="group_picture"),
    path("c/<slug:slug>/group-codes", group_codes, name="group_codes"),
    path("c/<slug:slug>/group-codes/<int:id>", group_code, name="group_code"),
]
