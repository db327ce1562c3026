using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>A message as Slack takes it; <paramref name="Text"/> is what notifications and screen readers say.</summary>
public sealed record SlackMessage(string Text, JsonArray Blocks);

/// <summary>
/// Renders cards for Slack as Block Kit, within its limits. Words are <c>plain_text</c>; <c>mrkdwn</c> only carries dates, mentions and labels.
/// </summary>
/// <remarks>
/// Buttons: <c>action_id</c> = action + ":" + running number, <c>value</c> = JSON of { "a": action, …Button.Data }.
/// Secondary ones are options of a select with <c>action_id</c> "more:n"; where the JSON is longer than an option's value may be, they are buttons.
/// Inputs: <c>block_id</c> = <c>action_id</c> = InputPart.Id.
/// </remarks>
public sealed partial class BlockKitRenderer(Phrasebook phrasebook)
{
    private const int MostBlocks = 50;
    private const int MostModalBlocks = 100;
    private const int MostText = 12_000;
    private const int MostModalText = 50_000;
    private const int LongestModalTitle = 24;
    private const int LongestNotification = 3000;
    private const int LongestMetadata = 3000;

    internal static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public SlackMessage Render(Card card, Reader reader)
    {
        var speaker = new Speaker(phrasebook, reader);
        var mentions = string.Join(' ', card.Mentions.Where(account => AccountId().IsMatch(account)).Select(account => $"<@{account}>"));
        var blocks = Fitting.Fit(card.Parts, Fitting.TicketOf(card) is null ? null : Fitting.LongText, (parts, longest) =>
        {
            var page = new SlackBlocks(speaker, longest);
            if (mentions.Length > 0)
            {
                page.Add(SlackText.Marked(mentions));
            }

            page.Add(parts);
            page.Add(Fitting.ButtonsOf(card, page.WasCut));
            return (page.Blocks, page.Blocks.Count <= MostBlocks && page.TextLength <= MostText);
        });

        return new SlackMessage($"{mentions} {Notification(card, speaker)}".Trim(), blocks);
    }

    /// <summary>The view for <c>views.open</c> or <c>views.update</c>.</summary>
    /// <param name="errors">What was wrong with the last answers, by input id; shown below the inputs. (A submission is better answered with <c>response_action: errors</c>.)</param>
    /// <param name="values">What was typed before, by input id; it is kept.</param>
    public JsonObject RenderModal(
        Form form,
        Reader reader,
        IReadOnlyDictionary<string, Phrase>? errors = null,
        IReadOnlyDictionary<string, string>? values = null)
    {
        var speaker = new Speaker(phrasebook, reader);
        List<CardPart> parts = [.. Filled.In(form.Parts, errors, values)];
        if (speaker.Say(form.Title).Length > LongestModalTitle)
        {
            parts.Insert(0, new TextPart(form.Title, TextStyle.Heading));
        }

        var blocks = Fitting.Fit(parts, null, (some, longest) =>
        {
            var page = new SlackBlocks(speaker, longest) { InModal = true };
            page.Add(some);
            return (page.Blocks, page.Blocks.Count <= MostModalBlocks && page.TextLength <= MostModalText);
        });

        var modal = new JsonObject
        {
            ["type"] = "modal",
            ["callback_id"] = form.Action,
            ["private_metadata"] = Metadata(form),
            ["title"] = SlackText.Plain(speaker.Label(form.Title, LongestModalTitle)),
            ["submit"] = SlackText.Plain(speaker.Label(form.Submit, LongestModalTitle)),
            ["close"] = SlackText.Plain(speaker.Own("cards.close")),
            ["blocks"] = blocks,
        };
        if (form.KeepsDraft)
        {
            modal["notify_on_close"] = true;
        }

        return modal;
    }

    private static string Metadata(Form form)
    {
        var metadata = JsonSerializer.Serialize(form.Data, Relaxed);
        return metadata.Length <= LongestMetadata
            ? metadata
            : throw new ArgumentException($"Form '{form.Action}' carries {metadata.Length} characters of data; Slack takes {LongestMetadata}.", nameof(form));
    }

    private static string Notification(Card card, Speaker speaker)
    {
        IEnumerable<Phrase> candidates = card.Summary is null ? [] : [card.Summary];
        var said = candidates.Concat(card.Parts.OfType<TextPart>().Select(part => part.Text))
            .Select(speaker.Say)
            .FirstOrDefault(wording => !wording.IsBlank) ?? speaker.Say(Phrase.Key("cards.message"));
        return SlackText.Markdown(said.Split(LongestNotification, SlackText.Measure).First());
    }

    /// <summary>Anything else between <c>&lt;@</c> and <c>&gt;</c> could be a call to everybody.</summary>
    [GeneratedRegex("^[UW][A-Z0-9]{1,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex AccountId();
}
