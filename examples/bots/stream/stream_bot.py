"""A bot over any stream of posts, in one file. The lines that know a platform are at the end: PRAW, Telegram and
Mastodon stand there as comments; what runs here reads NDJSON from standard input and writes what it would do.

    python stream_bot.py policy.yaml < posts.ndjson
"""

import json
import logging
import signal
import sys

import modcore
from modcore import observe
from modcore.bot import Moderator

log = logging.getLogger("stream_bot")


class StreamBot:
    """`act` is a function of your platform: act(post, what, text), where `what` is "remove", "report"
    or "notify"."""

    def __init__(self, rules, act, **options):
        self.slot = modcore.EngineSlot(modcore.compile_files(*rules))
        self.metrics = observe.Metrics()
        self.moderator = Moderator(self.slot, metrics=self.metrics, **options)
        self.act = act

    def handle(self, post, body, *, key, **facts):
        """Judges one post and acts; never raises, so that a stream goes on."""
        ruling = self.moderator.judge(body, key=key, **facts)
        if ruling is None or not ruling.action:
            return ruling
        try:
            if ruling.hidden:
                self.act(post, "remove", ruling.public_reason)
            if ruling.decision is not None:
                rules = ", ".join(rule.rule for rule in ruling.decision.fired)
                if ruling.action is modcore.Verdict.FLAG:
                    self.act(post, "report", rules)
                for route in ruling.decision.routes:
                    self.act(post, "notify", f"{route.to}: {rules}")
        except Exception:
            log.exception("could not act on %r", key)
        return ruling

    def reload(self, *_):
        """For SIGHUP: new rules without a pause, the old ones if the new do not compile."""
        try:
            log.info("now by %r", self.slot.reload())
        except modcore.RuleError as error:
            log.error("the rules stay as they were:\n%s", error)


# PRAW
#   def act(post, what, text):
#       {"remove": lambda: post.mod.remove(mod_note=text[:250]), "report": lambda: post.report(text[:100]),
#        "notify": lambda: subreddit.message(subject="modcore", message=f"{text}\n{post.permalink}")}[what]()
#   for comment in subreddit.stream.comments():
#       bot.handle(comment, comment.body, key=(comment.id, comment.edited), id=comment.id,
#                  author={"id": str(comment.author), "name": str(comment.author)}, message={"kind": "comment"})
#
# python-telegram-bot: one handler for new and edited messages
#   async def on_message(update, context):
#       message = update.effective_message
#       bot.handle(message, message.text or message.caption, key=(message.message_id, message.edit_date),
#                  author={"id": str(message.from_user.id), "name": message.from_user.full_name},
#                  message={"kind": "chat", "is_edit": message.edit_date is not None})
#   application.add_handler(MessageHandler(filters.ALL, on_message))
#
# Mastodon.py: content is HTML
#   class Listener(StreamListener):
#       def on_update(self, status):
#           bot.handle(status, html_to_text(status.content), key=(status.id, status.edited_at),
#                      author={"id": status.account.acct, "name": status.account.display_name,
#                              "created_at": status.account.created_at,
#                              "post_count": status.account.statuses_count})
#       on_status_update = on_update


def main(rules):
    def act(post, what, text):
        print(json.dumps({"id": post.get("id"), "do": what, "text": text}, ensure_ascii=False), flush=True)

    bot = StreamBot(rules, act, own_ids={"modbot"}, staff_roles={"moderator"})
    signal.signal(signal.SIGHUP, bot.reload)
    for line in sys.stdin:
        try:
            post = json.loads(line)
            body, author = post.get("body"), post.get("author") or {}
        except (ValueError, AttributeError) as error:
            log.error("not a post: %s", error)
            continue
        bot.handle(post, body, key=(post.get("id"), body), id=str(post.get("id")), title=post.get("title"),
                   author=author)
    print(bot.metrics.exposition(), end="", file=sys.stderr)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(sys.argv[1:])
