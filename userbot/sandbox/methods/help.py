"""help.*: what a client asks about the service itself."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox.methods.registry import method
from userbot.sandbox.world import HOME, Caller, World

_HOUR = 3600


@method(functions.help.GetConfigRequest, login=False)
def get_config(world: World, caller: Caller, _request: Any) -> Any:
    """Where the data centres are, among other things."""
    options = [types.DcOption(dc, *address, ipv6=":" in address[0]) for dc, address in world.addresses.items()]
    return types.Config(
        date=world.now(), expires=world.now() + _HOUR, test_mode=False, this_dc=_here(caller),
        dc_options=options, dc_txt_domain_name="", chat_size_max=200,
        megagroup_size_max=200_000, forwarded_count_max=100, online_update_period_ms=210_000,
        offline_blur_timeout_ms=5000, offline_idle_timeout_ms=30_000, online_cloud_timeout_ms=300_000,
        notify_cloud_delay_ms=30_000, notify_default_delay_ms=1500, push_chat_period_ms=60_000,
        push_chat_limit=2, edit_time_limit=172_800, revoke_time_limit=2**31 - 1,
        revoke_pm_time_limit=2**31 - 1, rating_e_decay=2_419_200, stickers_recent_limit=200,
        channels_read_media_period=604_800, call_receive_timeout_ms=20_000, call_ring_timeout_ms=90_000,
        call_connect_timeout_ms=30_000, call_packet_timeout_ms=10_000, me_url_prefix="https://t.me/",
        caption_length_max=1024, message_length_max=4096, webfile_dc_id=HOME,
    )  # fmt: skip


@method(functions.help.GetNearestDcRequest, login=False)
def get_nearest_dc(_world: World, caller: Caller, _request: Any) -> Any:
    """This one."""
    return types.NearestDc("DE", _here(caller), _here(caller))


def _here(caller: Caller) -> int:
    return caller.dc or HOME


@method(functions.help.GetAppConfigRequest, login=False)
def get_app_config(world: World, _caller: Caller, _request: Any) -> Any:
    """Says here, and nowhere else, that an account is frozen."""
    values = []
    if freeze := world.faults.freeze:
        values = [
            types.JsonObjectValue("freeze_since_date", types.JsonNumber(float(freeze.since))),
            types.JsonObjectValue("freeze_until_date", types.JsonNumber(float(freeze.until))),
            types.JsonObjectValue("freeze_appeal_url", types.JsonString(freeze.appeal_url)),
        ]
    return types.help.AppConfig(hash=0, config=types.JsonObject(values))
