"""A Synapse module: messages, edits, usernames and rooms are judged before they exist."""

import logging

import modcore
from modcore.bot import Moderator
from modcore.observe import log_line
from synapse.module_api import NOT_SPAM, errors
from synapse.spam_checker_api import RegistrationBehaviour

log = logging.getLogger(__name__)
TEXT_TYPES = {"m.room.message", "m.sticker", "m.room.topic", "m.room.name"}


def content_of(event):
    """What people will read. An edit shows its new content; the old one stands beside it."""
    content = event.content
    relation = content.get("m.relates_to")
    is_edit = isinstance(relation, dict) and relation.get("rel_type") == "m.replace"
    shown = content.get("m.new_content") if is_edit else None
    return (shown if isinstance(shown, dict) else content), is_edit


def text_of(content):
    texts = [content.get(key) for key in ("body", "name", "topic")]
    return "\n".join(text for text in texts if isinstance(text, str))


class ModcoreSpamChecker:
    @staticmethod
    def parse_config(config):
        """`rules` (paths or shipped packs), `fail_closed`, `staff` (user ids), `own` (user ids),
        `lang` of the reasons."""
        rules = config.get("rules", [])
        if not isinstance(rules, list):
            raise ValueError("modcore: `rules` must be a list of paths or packs")
        return config

    def __init__(self, config, api):
        self.slot = modcore.EngineSlot(modcore.compile_files(config.get("rules", [])))
        self.staff = set(config.get("staff", []))
        self.moderator = Moderator(
            self.slot,
            fail_closed=config.get("fail_closed", False),
            own_ids=config.get("own", []),
            staff_roles={"staff"},
            lang=config.get("lang", ""),
        )
        api.register_spam_checker_callbacks(
            check_event_for_spam=self.check_event,
            user_may_create_room=self.check_room,
            check_username_for_spam=self.check_profile,
            check_registration_for_spam=self.check_registration,
        )

    def judge(self, body, user, **facts):
        """None to let it pass, else what the client is told."""
        author = {"id": user, "name": user, "roles": ["staff"] if user in self.staff else []}
        ruling = self.moderator.judge(body, author=author, **facts)
        if ruling is None or not ruling.hidden:
            return None
        # The evidence stays in the server's log; the author gets the rule's reason alone.
        if ruling.decision is not None:
            log.info("refused: %s", log_line(ruling.decision, user=user))
        return errors.Codes.FORBIDDEN, {"error": ruling.public_reason or "This is not allowed here."}

    async def check_event(self, event):
        if event.type not in TEXT_TYPES:
            return NOT_SPAM
        content, is_edit = content_of(event)
        filename = content.get("filename") or (
            content.get("body") if content.get("msgtype") in ("m.file", "m.image", "m.video") else None)
        return self.judge(
            text_of(content),
            event.sender,
            id=getattr(event, "event_id", None),
            channel={"id": event.room_id},
            message={"kind": "chat", "is_edit": is_edit},
            attachment_names=[filename] if isinstance(filename, str) else None,
        ) or NOT_SPAM

    async def check_room(self, user, config):
        title = "\n".join(str(config.get(key) or "") for key in ("name", "topic", "room_alias_name"))
        return self.judge("", user, title=title) or NOT_SPAM

    def bad_name(self, *names):
        text = "\n".join(name for name in names if name)
        return self.judge(text, "", message={"kind": "profile"}) is not None

    async def check_profile(self, profile):
        """True hides the user from the directory."""
        return self.bad_name(profile["user_id"].split(":")[0][1:], profile.get("display_name"))

    async def check_registration(self, email, username, request_info, auth_provider=None):
        return RegistrationBehaviour.DENY if self.bad_name(username) else RegistrationBehaviour.ALLOW
