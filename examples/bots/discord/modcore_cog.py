"""A discord.py cog: new and edited messages are judged; hide deletes, flag asks the moderators' channel,
escalate pings a role as well."""

import logging
from dataclasses import dataclass, field
from typing import Dict, Optional

import discord
import modcore
from discord import app_commands
from discord.ext import commands
from modcore.bot import Moderator

log = logging.getLogger(__name__)


@dataclass
class GuildPolicy:
    """What one guild wants. `queue` is the moderators' channel, `ping` the role to escalate to."""

    rules: modcore.Engine
    queue: Optional[int] = None
    ping: Optional[int] = None
    staff_roles: set = field(default_factory=set)  # names
    lang: str = ""
    dry_run: bool = False  # tell the queue what would be done, and do nothing
    fail_closed: bool = False


def facts_of(message):
    """What Discord says of a message, in the rules' words."""
    author = message.author
    facts = {
        "author": {
            "id": str(author.id),
            "name": author.display_name,
            "created_at": author.created_at,
            "roles": [role.name for role in getattr(author, "roles", [])],
            "verified": getattr(getattr(author, "public_flags", None), "verified_bot", False),
        },
        "channel": {"id": str(message.channel.id), "name": getattr(message.channel, "name", None)},
        "message": {
            "kind": "chat",
            "is_reply": message.reference is not None,
            "is_edit": message.edited_at is not None,
            "attachments": len(message.attachments),
        },
        "attachment_names": [attachment.filename for attachment in message.attachments],
    }
    # An embed's text is shown as the message's own.
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title, embed.description]
    return "\n".join(part for part in parts if part), facts


class ModcoreCog(commands.Cog):
    def __init__(self, bot, policies: Dict[int, GuildPolicy]):
        self.bot = bot
        self.policies = policies
        self.moderators = {
            guild: Moderator(policy.rules, staff_roles=policy.staff_roles, lang=policy.lang,
                             fail_closed=policy.fail_closed)
            for guild, policy in policies.items()
        }

    @commands.Cog.listener()
    async def on_message(self, message):
        await self.judge(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload):
        # The raw event also tells of messages that are no longer in the cache.
        await self.judge(payload.message)

    async def judge(self, message):
        policy = self.policies.get(message.guild.id) if message.guild else None
        if policy is None or message.author == self.bot.user:
            return
        body, facts = facts_of(message)
        # A link that unfolds is an "edit" without a change: judge what is shown, once.
        ruling = self.moderators[message.guild.id].judge(body, key=(message.id, body), id=str(message.id), **facts)
        if ruling is None or not ruling.action:
            return
        await self.act(message, ruling, policy)

    async def act(self, message, ruling, policy):
        if policy.dry_run:
            return await self.tell(message, ruling, policy, "dry run")
        if ruling.hidden:
            try:
                await message.delete()
            except discord.NotFound:
                pass  # its author was quicker
            except discord.Forbidden:
                return await self.tell(message, ruling, policy, "could not be deleted")
        await self.tell(message, ruling, policy, "deleted" if ruling.hidden else "to review")

    async def tell(self, message, ruling, policy, what):
        channel = message.guild.get_channel(policy.queue) if policy.queue else None
        if channel is None:
            return log.warning("no queue for %s: %s", message.id, ruling)
        embed = discord.Embed(title=f"{ruling.action}: {what}", description=message.content[:2000] or None,
                              url=message.jump_url)
        embed.add_field(name="Author", value=message.author.mention)
        rules = ruling.decision.fired if ruling.decision else ()
        embed.add_field(name="Rules", value=", ".join(rule.rule for rule in rules)[:1000] or ruling.failure[:1000])
        is_urgent = ruling.action is modcore.Verdict.ESCALATE and policy.ping and not policy.dry_run
        ping = f"<@&{policy.ping}>" if is_urgent else None
        roles = discord.AllowedMentions(everyone=False, users=False, roles=bool(ping))
        await channel.send(content=ping, embed=embed, allowed_mentions=roles)

    @app_commands.command(name="explain", description="Why a text would be judged as it is")
    @app_commands.default_permissions(manage_messages=True)
    async def explain(self, interaction: discord.Interaction, text: str):
        policy = self.policies.get(interaction.guild_id)
        if policy is None:
            return await interaction.response.send_message("No rules here.", ephemeral=True)
        why = policy.rules.explain(text)
        lines = [f"**{why.decision.verdict}**"]
        for fired in why.decision.fired:
            seen = ", ".join(f"“{evidence.text}”" for evidence in fired.evidence)
            lines.append(f"`{fired.rule}` {fired.title.in_(policy.lang)}: {seen or 'no text'}")
        for rule in why.rules:
            if rule.outcome == "undetermined":
                lines.append(f"`{rule.rule}` could not be decided without more facts")
        await interaction.response.send_message("\n".join(lines)[:2000], ephemeral=True)
