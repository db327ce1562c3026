namespace ServiceDeskBot.Tests.Channels.Slack;

/// <summary>Payloads in the shape of Slack's documentation, written for these tests.</summary>
internal static class SlackPayloads
{
    public const string ChannelPost = """{"type":"message","channel":"C0NET","channel_type":"channel","user":"U0MARA","text":"the wifi is down","ts":"1763629923.000100","event_ts":"1763629923.000100"}""";

    public const string DirectPost = """{"type":"message","channel":"D0MARA","channel_type":"im","user":"U0MARA","text":"my laptop is slow","ts":"1763629923.000200","event_ts":"1763629923.000200"}""";

    public const string AddressedPost = """{"type":"message","channel":"C0NET","channel_type":"channel","user":"U0MARA","text":"<@U0BOT> the wifi is down","ts":"1763629923.000300","event_ts":"1763629923.000300"}""";

    public const string Mention = """{"type":"app_mention","channel":"C0NET","user":"U0MARA","text":"<@U0BOT> the wifi is down","ts":"1763629923.000300","event_ts":"1763629923.000300"}""";

    public static string Envelope(string inner, string eventId) => $$"""
        {"token":"legacy","team_id":"{{SlackStub.Team}}","api_app_id":"A0DESK","event":{{inner}},"type":"event_callback","event_id":"{{eventId}}","event_time":1763629923,
        "authorizations":[{"enterprise_id":null,"team_id":"{{SlackStub.Team}}","user_id":"{{SlackStub.Bot}}","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false}
        """;

    /// <param name="value">The button's value: JSON.</param>
    /// <param name="more">Further members, each with a comma before it.</param>
    public static string Press(string value, string actionTs = "1763629990.1", string channel = "C0NET", string more = "") => $$"""
        {"type":"block_actions","user":{"id":"U0ADA","username":"ada","name":"ada","team_id":"{{SlackStub.Team}}"},"api_app_id":"A0DESK","trigger_id":"13.37.trigger",
        "team":{"id":"{{SlackStub.Team}}","domain":"desk"},"container":{"type":"message","message_ts":"1763629950.000100","channel_id":"{{channel}}","is_ephemeral":false},
        "channel":{"id":"{{channel}}","name":"network"},"message":{"type":"message","bot_id":"B0BOT","user":"{{SlackStub.Bot}}","ts":"1763629950.000100","text":"card"},
        "state":{"values":{"note":{"note":{"type":"plain_text_input","value":"seen it too"} },"menu":{"more:2":{"type":"static_select","selected_option":{"value":"{}"} } } } },
        "response_url":"https://hooks.slack.test/actions/1","actions":[{"type":"button","action_id":"claim:1","block_id":"b1","action_ts":"{{actionTs}}","value":{{System.Text.Json.JsonSerializer.Serialize(value)}} }]{{more}} }
        """;

    public static string Submission(string metadata, string text = "access point replaced", string hash = "1763629991.abc") => $$"""
        {"type":"view_submission","team":{"id":"{{SlackStub.Team}}"},"user":{"id":"U0ADA","username":"ada","name":"ada","team_id":"{{SlackStub.Team}}"},"trigger_id":"14.15.trigger",
        "view":{"id":"V0FORM","type":"modal","callback_id":"resolve","private_metadata":{{System.Text.Json.JsonSerializer.Serialize(metadata)}},"hash":"{{hash}}",
        "state":{"values":{"text":{"text":{"type":"plain_text_input","value":{{System.Text.Json.JsonSerializer.Serialize(text)}} } },"empty":{"empty":{"type":"plain_text_input","value":null} } } } } }
        """;

    public const string Shortcut = """
        {"type":"message_action","callback_id":"create-ticket","trigger_id":"16.17.trigger","action_ts":"1763629995.5","team":{"id":"T0DESK"},"user":{"id":"U0ADA","name":"ada"},
        "channel":{"id":"C0NET","name":"network"},"message_ts":"1763629923.000100","message":{"type":"message","user":"U0MARA","ts":"1763629923.000100","text":"the wifi is down &amp; out"} }
        """;
}
