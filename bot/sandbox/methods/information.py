"""Who is who, webhooks, and the end of a session."""

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Methods
from bot.sandbox.parameters import Parameters
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def get_me(world: World, p: Parameters) -> Json:  # noqa: ARG001 - every method takes its parameters
    """The bot itself, with what only it is told."""
    return world.profile.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, p: Parameters) -> Json:
    """A room in full."""
    room = world.rooms.named(p.text("chat_id"))
    full = room.wire | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if room.pinned and room.pinned[-1] in room.messages:
        full["pinned_message"] = room.messages[room.pinned[-1]]
    return full


def get_chat_member(world: World, p: Parameters) -> Json:
    """Whether someone is in a room."""
    room = world.rooms.named(p.text("chat_id"))
    user_id = p.integer("user_id")
    user = room.members.get(user_id)
    if user is not None:
        return {"status": "member", "user": user}
    user = world.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    return {"status": "left", "user": user}


def get_chat_member_count(world: World, p: Parameters) -> int:
    """How many people are in a room, the bot among them."""
    return len(world.rooms.named(p.text("chat_id")).members) + 1


def get_chat_administrators(world: World, p: Parameters) -> list[Json]:
    """Nobody in particular: every member of a trial group is an ordinary one."""
    if world.rooms.named(p.text("chat_id")).kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return []


async def set_webhook(world: World, p: Parameters) -> bool:
    """From now on updates are pushed to a URL."""
    await world.webhook.set(p.text("url"), p.text("secret_token"), p.integer("max_connections", 40))
    remember_allowed(world, p)
    if p.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def delete_webhook(world: World, p: Parameters) -> bool:
    """Back to polling."""
    await world.webhook.set("", "", 40)
    if p.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, p: Parameters) -> Json:  # noqa: ARG001 - every method takes its parameters
    """Where updates go and what went wrong."""
    return world.webhook.information


def remember_allowed(world: World, p: Parameters) -> None:
    """Keeps the kinds of update that the bot wants; absent means as before."""
    if "allowed_updates" in p.values:
        kinds = p.array("allowed_updates", "can't parse allowed updates JSON object") or []
        world.updates.allowed = frozenset(str(kind) for kind in kinds)


def end_session(world: World, p: Parameters) -> bool:  # noqa: ARG001 - every method takes its parameters
    """logOut and close have nothing to leave here."""
    return True


METHODS: Methods = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": end_session,
    "close": end_session,
}
