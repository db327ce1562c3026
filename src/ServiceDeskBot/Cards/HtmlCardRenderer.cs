using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>Renders cards for the local console: semantic HTML with classes only, nothing cut; well-formed, so that it reads as XML too.</summary>
/// <remarks>
/// What comes out, from the outside in (a card with inputs is <c>form.card-form</c> inside the article; so is a form, with its action on it):
/// <code>
/// article.card[lang]
///   p.card-mentions > span.mention[data-account]
///   h3.card-heading | p.card-text | p.card-subtle | blockquote.card-quote   (all dir=auto; time.moment[datetime] inside)
///   dl.card-facts > div.fact > dt + dd
///   img.card-image[alt]
///   label.field(.field-invalid) > span.field-label(+ span.field-required) + input|textarea|select.field-input[name] + span.field-error[role=alert]
///   div.buttons[role=group] > button.button(.button-primary|.button-danger)[data-action][data-d-KEY=value…]
///   details.more > summary + div.buttons
/// form.card-form[data-action][data-d-KEY…]   (a Form: what its submit button sends; fields by name)
/// </code>
/// Buttons are <c>type=submit</c> inside a form (read <c>event.submitter</c>), else <c>type=button</c>. KEY is lower case, as the desk writes it.
/// </remarks>
public sealed partial class HtmlCardRenderer(Phrasebook phrasebook)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Render(Card card, Reader reader)
    {
        var page = new Page(new Speaker(phrasebook, reader));
        page.Open(reader);
        if (card.Mentions.Count > 0)
        {
            page.Html.Append("<p class=\"card-mentions\">")
                .AppendJoin(' ', card.Mentions.Select(account => $"<span class=\"mention\" data-account=\"{Encode(account)}\">@{Encode(Name(card, account))}</span>"))
                .Append("</p>");
        }

        // The buttons of a card with inputs send them; only a single one may insist on required fields.
        var asks = card.Parts.Any(part => part is InputPart);
        page.InForm = asks;
        page.Enforce = card.Buttons.Count == 1;
        page.Html.Append(asks ? "<form class=\"card-form\">" : "");
        page.Add(card.Parts);
        page.Add(card.Buttons);
        page.Html.Append(asks ? "</form>" : "").Append("</article>");
        return page.Html.ToString();
    }

    /// <param name="errors">What was wrong with the last answers, by input id.</param>
    /// <param name="values">What was typed before, by input id; it is kept.</param>
    public string RenderForm(
        Form form,
        Reader reader,
        IReadOnlyDictionary<string, Phrase>? errors = null,
        IReadOnlyDictionary<string, string>? values = null)
    {
        var page = new Page(new Speaker(phrasebook, reader)) { InForm = true, Enforce = true };
        page.Open(reader);
        page.Html.Append(CultureInfo.InvariantCulture, $"<form class=\"card-form\" {Attributes(form.Action, form.Data)}>");
        page.Add([new TextPart(form.Title, TextStyle.Heading), .. Filled.In(form.Parts, errors, values)]);
        page.Add([new Button(form.Submit, form.Action, form.Data) { Style = ButtonStyle.Primary }]);
        return page.Html.Append("</form></article>").ToString();
    }

    private string Name(Card card, string account) =>
        Harmless.Clean(card.MentionNames.GetValueOrDefault(account) ?? account);

    private static string Encode(string text) => Encoder.Encode(text);

    private static string Attributes(string action, IReadOnlyDictionary<string, string> data) =>
        string.Join(' ', data.Select(pair => $"data-d-{Key(pair.Key)}=\"{Encode(pair.Value)}\"").Prepend($"data-action=\"{Encode(action)}\""));

    private static string Key(string key) =>
        DataKey().IsMatch(key) ? key : throw new ArgumentException($"'{key}' cannot be an HTML attribute: keys of Button.Data are lower-case letters, digits and dashes.", nameof(key));

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex DataKey();

    /// <summary>One card while it is written.</summary>
    private sealed class Page(Speaker speaker)
    {
        public StringBuilder Html { get; } = new();

        public bool InForm { get; set; }

        public bool Enforce { get; set; }

        public void Open(Reader reader) => Html.Append(CultureInfo.InvariantCulture, $"<article class=\"card\" lang=\"{Encode(reader.Language)}\">");

        public void Add(IReadOnlyList<CardPart> parts)
        {
            foreach (var part in parts)
            {
                Add(part);
            }
        }

        public void Add(IReadOnlyList<Button> buttons)
        {
            AddRow(buttons.Where(button => !button.Secondary));
            var more = buttons.Where(button => button.Secondary).ToList();
            if (more.Count > 0)
            {
                Html.Append(CultureInfo.InvariantCulture, $"<details class=\"more\"><summary>{Encode(speaker.Own("cards.more"))}</summary>");
                AddRow(more);
                Html.Append("</details>");
            }
        }

        private void AddRow(IEnumerable<Button> buttons)
        {
            var row = string.Concat(buttons.Select(Button));
            Html.Append(row.Length == 0 ? "" : $"<div class=\"buttons\" role=\"group\">{row}</div>");
        }

        private string Button(Button button)
        {
            var style = button.Style switch { ButtonStyle.Primary => " button-primary", ButtonStyle.Danger => " button-danger", _ => "" };
            var type = InForm ? "submit" : "button";
            var unvalidated = InForm && !Enforce ? " formnovalidate=\"formnovalidate\"" : "";
            return $"<button type=\"{type}\" class=\"button{style}\"{unvalidated} {Attributes(button.Action, button.Data)}>{Encode(speaker.Label(button.Title, int.MaxValue))}</button>";
        }

        private void Add(CardPart part)
        {
            switch (part)
            {
                case TextPart text:
                    AddText(text);
                    break;
                case FactsPart { Facts.Count: > 0 } facts:
                    Html.Append("<dl class=\"card-facts\">")
                        .AppendJoin("", facts.Facts.Select(fact => $"<div class=\"fact\"><dt>{Said(fact.Label)}</dt><dd dir=\"auto\">{Said(fact.Value)}</dd></div>"))
                        .Append("</dl>");
                    break;
                case ImagePart image when Pictures.IsPublic(image.Url):
                    Html.Append(CultureInfo.InvariantCulture, $"<img class=\"card-image\" src=\"{Encode(image.Url)}\" alt=\"{Encode(speaker.Plain(image.Alt))}\"/>");
                    break;
                case ImagePart image:
                    AddText(new TextPart(image.Alt, TextStyle.Subtle));
                    break;
                case ButtonsPart buttons:
                    Add(buttons.Buttons);
                    break;
                case InputPart input:
                    AddInput(input);
                    break;
            }
        }

        private void AddText(TextPart part)
        {
            if (speaker.Say(part.Text).IsBlank)
            {
                return;
            }

            var (element, style) = part.Style switch
            {
                TextStyle.Heading => ("h3", "card-heading"),
                TextStyle.Subtle => ("p", "card-subtle"),
                TextStyle.Quote => ("blockquote", "card-quote"),
                _ => ("p", "card-text"),
            };
            Html.Append(CultureInfo.InvariantCulture, $"<{element} class=\"{style}\" dir=\"auto\">{Said(part.Text)}</{element}>");
        }

        private string Said(Phrase phrase) => string.Concat(speaker.Say(phrase).Stretches.Select(stretch =>
        {
            var text = Encode(stretch.Text).Replace("&#xA;", "<br/>", StringComparison.Ordinal);
            return stretch.Moment is { } moment
                ? $"<time class=\"moment\" datetime=\"{moment.Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{text}</time>"
                : text;
        }));

        private void AddInput(InputPart input)
        {
            var required = input.Required && Enforce ? " required=\"required\"" : "";
            var invalid = input.Error is null ? "" : " aria-invalid=\"true\"";
            var shared = $"class=\"field-input\" name=\"{Encode(input.Id)}\"{required}{invalid}";
            Html.Append(CultureInfo.InvariantCulture, $"<label class=\"field{(input.Error is null ? "" : " field-invalid")}\">");
            Html.Append(CultureInfo.InvariantCulture, $"<span class=\"field-label\">{Said(input.Label)}{(input.Required ? " <span class=\"field-required\" aria-hidden=\"true\">*</span>" : "")}</span>");
            Html.Append(Field(input, shared));
            Html.Append(input.Error is null ? "" : $"<span class=\"field-error\" role=\"alert\">{Said(input.Error)}</span>");
            Html.Append("</label>");
        }

        private string Field(InputPart input, string shared)
        {
            var value = Encode(Harmless.Clean(input.Value ?? ""));
            return input.Kind switch
            {
                // The first line break of a textarea is not part of its text.
                InputKind.LongText => $"<textarea {shared} rows=\"4\" maxlength=\"{input.MaxLength}\">\n{value}</textarea>",
                InputKind.Choice => $"<select {shared}>{Options(input)}</select>",
                InputKind.Date => $"<input type=\"date\" {shared} value=\"{value}\"/>",
                InputKind.Number => $"<input type=\"number\" step=\"any\" {shared} value=\"{value}\"/>",
                _ => $"<input type=\"text\" {shared} maxlength=\"{input.MaxLength}\" value=\"{value}\"/>",
            };
        }

        private string Options(InputPart input)
        {
            var options = input.Choices.Select(choice =>
                $"<option value=\"{Encode(choice.Value)}\"{(choice.Value == input.Value ? " selected=\"selected\"" : "")}>{Encode(speaker.Label(choice.Title, int.MaxValue))}</option>");
            return string.Concat(options.Prepend($"<option value=\"\">{Encode(speaker.Own("cards.choose"))}</option>"));
        }
    }
}
