"""The addresses of the chat page: the page itself, its actions, and the stream of what happens."""

from bot.sandbox.cast import Cast
from bot.sandbox.page_files import PageHandler
from bot.sandbox.trial_actions import ACTIONS, ActionHandler, UploadHandler
from bot.sandbox.trial_views import EventsHandler, MediaHandler, MessagesHandler, StateHandler
from bot.sandbox.world import World

Route = tuple[str, type, dict[str, object]]


def routes(world: World, cast: Cast) -> list[Route]:
    """The page at the root, everything else under /trial/."""
    shared: dict[str, object] = {"world": world, "cast": cast}
    actions = "|".join(ACTIONS)
    return [
        (r"/trial/state", StateHandler, shared),
        (r"/trial/messages", MessagesHandler, shared),
        (r"/trial/events", EventsHandler, shared),
        (r"/trial/file", MediaHandler, shared),
        (r"/trial/upload", UploadHandler, shared),
        (rf"/trial/({actions})", ActionHandler, shared),
        (r"/(|[a-z-]+\.(?:css|js|svg))", PageHandler, {}),
    ]
