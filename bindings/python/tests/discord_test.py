"""The Discord cog, driven by gateway payloads through discord.py's own parsing."""

import asyncio
import re
import sys
from pathlib import Path
from unittest import mock

import modcore
import pytest

discord = pytest.importorskip("discord")
from discord.ext import commands

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples" / "bots" / "discord"))
from modcore_cog import GuildPolicy, ModcoreCog

RULES = """
modcore: 1
category: spam
rules:
  - {id: spam.casino, title: Casinos, phrases: [online casino], verdict: hide}
  - {id: spam.bingo, words: [bingo], verdict: flag}
  - {id: spam.threat, words: [threat], verdict: escalate, escalate: {to: moderators}}
  - {id: spam.held, words: [ponder], verdict: escalate, hide: false, escalate: {to: moderators}}
  - {id: spam.file, patterns: {a: {substrings: [.exe], in: attachment.names}}, verdict: hide}
  - {id: spam.new, when: author.account_age < 1 day and author.reports > 1, verdict: flag}
"""
GUILD, OTHER, CHANNEL, QUEUE, ROLE, BOT = 197038439483310086, 2, 290926798999357250, 4, 5, 6
STAFF = 41771983423143936


def user(name="Mason", id=53908099506183680, **more):
    return {"id": str(id), "username": name, "discriminator": "0", "global_name": name, "avatar": None,
            "public_flags": 0, **more}


def member(roles=()):
    return {"roles": [str(role) for role in roles], "nick": None, "joined_at": "2015-04-26T06:26:56.936000+00:00",
            "deaf": False, "mute": False, "flags": 0}


def message(content, id=334385199974967042, guild=GUILD, author=None, roles=(), edited=None, **more):
    """As the gateway sends it (MESSAGE_CREATE, MESSAGE_UPDATE)."""
    return {"id": str(id), "channel_id": str(CHANNEL), "guild_id": str(guild), "author": author or user(),
            "member": member(roles), "content": content, "timestamp": "2017-07-11T17:27:07.299000+00:00",
            "edited_timestamp": edited, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "reactions": [], "pinned": False, "type": 0, "flags": 0,
            "components": [], **more}


def guild(id):
    channel = {"type": 0, "position": 1, "permission_overwrites": [], "name": "general", "topic": None,
               "nsfw": False, "last_message_id": None, "rate_limit_per_user": 0, "parent_id": None}
    role = {"color": 0, "hoist": False, "position": 1, "permissions": "0", "managed": False, "mentionable": False,
            "flags": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
    return {"id": str(id), "name": "g", "owner_id": "1", "unavailable": False, "member_count": 2, "large": False,
            "channels": [{**channel, "id": str(CHANNEL + id % 7)}, {**channel, "id": str(QUEUE + id % 7), "name": "queue"}]
            if id != GUILD else [{**channel, "id": str(CHANNEL)}, {**channel, "id": str(QUEUE), "name": "queue"}],
            "roles": [{**role, "id": str(id), "name": "@everyone"}, {**role, "id": str(ROLE), "name": "Moderators"}],
            "members": [], "emojis": [], "stickers": [], "features": [], "presences": [], "voice_states": [],
            "threads": [], "stage_instances": [], "guild_scheduled_events": [], "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0,
            "preferred_locale": "en-US", "system_channel_flags": 0, "nsfw_level": 0, "soundboard_sounds": []}


class Discord:
    """A bot whose state machine is discord.py's, and whose network is recorded."""

    def __init__(self, **policy):
        self.policy = policy

    async def __aenter__(self):
        intents = discord.Intents.all()
        self.bot = commands.Bot("!", intents=intents)
        await self.bot._async_setup_hook()
        state = self.state = self.bot._connection
        state.user = discord.ClientUser(state=state, data=user("modbot", BOT))
        engine = modcore.compile(RULES)
        policies = {GUILD: GuildPolicy(engine, queue=QUEUE, ping=ROLE, staff_roles={"Moderators"}, **self.policy)}
        self.cog = ModcoreCog(self.bot, policies)
        await self.bot.add_cog(self.cog)
        for id in [GUILD, OTHER]:
            state._add_guild_from_data(guild(id))
        self.deleted, self.sent = [], []
        self.failure = None

        async def delete(channel, message, reason=None):
            if self.failure:
                raise self.failure
            self.deleted.append(int(message))

        async def send(channel, params):
            self.sent.append((int(channel), params.payload))
            return message("sent", id=9, author=user("modbot", BOT))

        state.http.delete_message, state.http.send_message = delete, send
        return self

    async def __aexit__(self, *error):
        await self.bot.close()

    async def create(self, *arguments, **options):
        self.state.parse_message_create(message(*arguments, **options))
        await self.settle()

    async def update(self, *arguments, **options):
        self.state.parse_message_update(message(*arguments, edited="2017-07-11T18:00:00+00:00", **options))
        await self.settle()

    async def settle(self):
        while pending := [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]:
            await asyncio.gather(*pending)


def scenario(**policy):
    def run(test):
        def wrapped():
            async def main():
                async with Discord(**policy) as discord_:
                    await test(discord_)

            asyncio.run(main())

        wrapped.__name__ = test.__name__
        return wrapped

    return run


@scenario()
async def test_a_good_message_stays(d):
    await d.create("My roses bloom.")
    assert (d.deleted, d.sent) == ([], [])


@scenario()
async def test_hide_deletes_and_logs(d):
    await d.create("The best ONLINE casino", id=11)
    assert d.deleted == [11]
    channel, card = d.sent[0]
    assert channel == QUEUE and card["embeds"][0]["title"] == "hide: deleted"
    assert {"name": "Rules", "value": "spam.casino", "inline": True} in card["embeds"][0]["fields"]


@scenario()
async def test_flag_goes_to_the_queue_and_stays(d):
    await d.create("bingo", id=11)
    assert d.deleted == [] and d.sent[0][1]["embeds"][0]["title"] == "flag: to review"
    assert not d.sent[0][1].get("content")


@scenario()
async def test_escalate_pings_the_role(d):
    await d.create("a threat", id=11)
    await d.create("let me ponder", id=12)
    assert d.deleted == [11]
    assert [card["content"] for _, card in d.sent] == [f"<@&{ROLE}>"] * 2
    assert d.sent[0][1]["allowed_mentions"]["parse"] == ["roles"]


@scenario()
async def test_an_edit_is_judged_once_also_of_an_uncached_message(d):
    await d.create("hello", id=11)
    await d.update("an online casino", id=11)
    await d.update("an online casino", id=11, embeds=[])
    assert d.deleted == [11] and len(d.sent) == 1
    await d.update("an online casino", id=12)
    assert d.deleted == [11, 12]


@scenario()
async def test_file_names_and_embeds_are_read(d):
    attachment = {"id": "1", "filename": "setup.exe", "size": 1, "url": "https://x.example/a", "proxy_url": "https://x.example/a"}
    await d.create("", id=11, attachments=[attachment])
    await d.create("look", id=12, embeds=[{"type": "rich", "title": "Online casino"}])
    assert d.deleted == [11, 12]


@scenario()
async def test_the_bot_itself_other_guilds_and_direct_messages_are_left_alone(d):
    await d.create("online casino", author=user("modbot", BOT))
    await d.create("online casino", guild=OTHER)
    assert (d.deleted, d.sent) == ([], [])


@scenario()
async def test_staff_is_exempt(d):
    await d.create("online casino", roles=[ROLE], author=user("mod", STAFF))
    assert (d.deleted, d.sent) == ([], [])


@scenario(dry_run=True)
async def test_a_dry_run_tells_and_does_nothing(d):
    await d.create("online casino")
    await d.create("a threat", id=12)
    assert d.deleted == [] and d.sent[0][1]["embeds"][0]["title"] == "hide: dry run"
    assert not d.sent[1][1].get("content")


@scenario()
async def test_a_deletion_that_fails_is_told(d):
    response = mock.Mock(status=403, reason="Forbidden")
    d.failure = discord.Forbidden(response, "no")
    await d.create("online casino")
    assert d.sent[0][1]["embeds"][0]["title"] == "hide: could not be deleted"


@scenario()
async def test_explain_answers_a_moderator(d):
    interaction = mock.Mock(guild_id=GUILD)
    interaction.response.send_message = mock.AsyncMock()
    await d.cog.explain.callback(d.cog, interaction, "the online casino")
    text = interaction.response.send_message.await_args
    assert text.args[0].startswith("**hide**\n`spam.casino` Casinos: “online casino”")
    assert text.kwargs == {"ephemeral": True}
    assert d.cog.explain.name == "explain" and d.cog.explain.default_permissions.manage_messages


@scenario(fail_closed=True)
async def test_fail_closed_deletes_what_cannot_be_judged(d):
    d.cog.moderators[GUILD].rules = mock.Mock(scan=mock.Mock(side_effect=RuntimeError("broken")))
    await d.create("My roses bloom.", id=11)
    assert d.deleted == [11] and "broken" in str(d.sent[0][1]["embeds"][0]["fields"])


def test_the_readme_s_program_sets_a_bot_up(monkeypatch):
    page = Path(sys.modules["modcore_cog"].__file__).with_name("README.md").read_text(encoding="utf-8")
    program, = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    synced = []

    async def sync(tree, *, guild):
        synced.append((guild.id, [command.name for command in tree.get_commands(guild=guild)]))

    monkeypatch.setattr(discord.app_commands.CommandTree, "sync", sync)
    monkeypatch.setattr(commands.Bot, "run", lambda bot, token: asyncio.run(bot.setup_hook()))
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.chdir(Path(__file__).resolve().parents[3] / "examples")
    names = {}
    exec(compile(program, "README.md", "exec"), names)
    assert synced == [(1, ["explain"])] and "ModcoreCog" in names["bot"].cogs
