"""Members of a workspace, their roles and invitations; and the workspace somebody makes anew."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.web.workspaces import invitations, passwords, second_factors
from commonground.web.workspaces.actions import LastOwnerError, create_workspace, remove_member, set_role
from commonground.web.workspaces.duties import duties
from commonground.web.workspaces.forms import AskedForm, RoleForm, WorkspaceForm
from commonground.web.workspaces.models import Member
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.requests import MemberRequest
from commonground.web.workspaces.roles import Permission
from commonground.web.workspaces.second_factors import with_factors


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Make a workspace; who makes it is its owner."""
    form = WorkspaceForm(request.POST or None)
    if form.is_valid():
        workspace = create_workspace(owner=request.user, name=form.cleaned_data["name"])
        return redirect("workspaces:members", workspace.slug)
    return render(request, "workspaces/new.html", {"form": form})


@needs(Permission.MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def members(request: MemberRequest, workspace: str) -> HttpResponse:
    """Who is here and as what; sent to, it makes an invitation and shows its link, once."""
    del workspace
    form = RoleForm(request.POST or None)
    link = ""
    if form.is_valid():
        _made, token = invitations.invite(
            workspace=request.workspace, role=form.cleaned_data["role"], actor=request.user, now=timezone.now()
        )
        link = settings.SITE_URL.rstrip("/") + reverse("workspaces:join", args=[token])
    found = {
        "members": with_factors(request.workspace.memberships.select_related("user")),
        "waiting": invitations.waiting(now=timezone.now()).filter(workspace=request.workspace),
        "duties": list(duties()),
        "form": form,
        "link": link,
    }
    return render(request, "workspaces/members.html", found)


@needs(Permission.MANAGE)
@require_http_methods(["GET", "POST"])
def member(request: MemberRequest, workspace: str, number: int) -> HttpResponse:
    """One member: another role, or out."""
    del workspace
    found = get_object_or_404(Member.objects.select_related("user"), workspace=request.workspace, pk=number)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    try:
        if request.POST.get("do") == "remove":
            remove_member(workspace=request.workspace, user=found.user, actor=request.user)
            messages.success(request, _("%(who)s is no longer a member.") % {"who": found.user})
            return _after_leaving(request, found)
        if form.is_valid():
            set_role(workspace=request.workspace, user=found.user, role=form.cleaned_data["role"], actor=request.user)
            messages.success(request, _("%(who)s has another role now.") % {"who": found.user})
            return _after_leaving(request, found)
    except LastOwnerError:
        form.add_error(None, _("A workspace keeps at least one owner. Make somebody else an owner first."))
    may_help = passwords.may_hand_over(helper=request.user, user=found.user)
    shown = {"member": found, "form": form, "duties": list(duties()), "may_help": may_help}
    return render(request, "workspaces/member.html", shown)


@needs(Permission.MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def password_link(request: MemberRequest, workspace: str, number: int) -> HttpResponse:
    """Make a link to a new password and show it, once; there is nothing to read here."""
    found = get_object_or_404(Member.objects.select_related("user"), workspace=request.workspace, pk=number)
    if request.method != "POST":
        return redirect("workspaces:member", workspace, number)
    try:
        link = passwords.hand_over(helper=request.user, user=found.user)
    except passwords.NotYoursToHelpError:
        messages.warning(request, _("This person belongs to a workspace that you do not manage: no link was made."))
        return redirect("workspaces:member", workspace, number)
    return render(request, "workspaces/password_link.html", {"member": found, "link": link})


@needs(Permission.MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: MemberRequest, workspace: str) -> HttpResponse:
    """Of whom this workspace asks a second factor."""
    form = AskedForm(request.POST or None, initial={"second_factor": request.workspace.second_factor})
    if form.is_valid():
        try:
            second_factors.ask(
                workspace=request.workspace, asked=form.cleaned_data["second_factor"], actor=request.user
            )
        except second_factors.OwnFactorFirstError:
            form.add_error(None, _("Set up a second factor for yourself first; otherwise you would be shut out."))
        else:
            messages.success(request, _("Kept."))
            return redirect("workspaces:members", workspace)
    return render(request, "workspaces/second_factor.html", {"form": form})


@needs(Permission.MANAGE)
@require_http_methods(["GET", "POST"])
def invitation(request: MemberRequest, workspace: str, number: int) -> HttpResponse:
    """Withdraw an invitation; there is nothing to read here."""
    if request.method == "POST":
        found = get_object_or_404(request.workspace.invitations, pk=number)
        invitations.withdraw(invitation=found, actor=request.user)
        messages.success(request, _("The invitation is withdrawn: its link no longer works."))
    return redirect("workspaces:members", workspace)


def _after_leaving(request: MemberRequest, changed: Member) -> HttpResponse:
    """Who changed themselves may no longer see the members."""
    if changed.user == request.user:
        return redirect("home")
    return redirect("workspaces:members", request.workspace.slug)
