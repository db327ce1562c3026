using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace ServiceDeskBot.Core.Conversations.Cards;

/// <summary>
/// The product's texts, read once from the <c>*.texts.yaml</c> files that lie beside the code that says them.
/// A file maps a key to its text by language: <c>intake.thanks: { en: "…", de: "…" }</c>.
/// </summary>
public sealed partial class Phrasebook
{
    private const string Fallback = "en";
    private readonly Dictionary<string, Dictionary<string, string>> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Stretch[]>> _templates = new(StringComparer.Ordinal);

    /// <param name="assemblies">Those with texts files embedded.</param>
    /// <exception cref="InvalidDataException">A key stands in two files or has no English text.</exception>
    public Phrasebook(params Assembly[] assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".texts.yaml", StringComparison.Ordinal)))
            {
                Read(assembly, file);
            }
        }
    }

    /// <summary>Every key, for tests that read all texts.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Texts => _texts;

    /// <summary>The phrase as plain text in the reader's language and zone.</summary>
    /// <param name="moment">Writes a moment the platform's way; <c>null</c> to write it out in the reader's zone.</param>
    /// <param name="words">Escapes the platform's markup in every other piece of text, templates included; <c>null</c> to leave it as it is.</param>
    public string Say(Phrase phrase, Reader reader, Func<Moment, string, string>? moment = null, Func<string, string>? words = null)
    {
        words ??= plain => plain;
        switch (phrase)
        {
            // Most of what a card says is one piece.
            case Words own:
                return words(own.Text);
            case TextKey key when Template(key.Id, reader.Language) is [var (only, _)]:
                return words(only);
            default:
                var text = new StringBuilder();
                Append(text, phrase, new Rendering(reader, moment, words));
                return text.ToString();
        }
    }

    private void Append(StringBuilder text, Phrase phrase, Rendering rendering)
    {
        switch (phrase)
        {
            case Words words:
                text.Append(rendering.Escape(words.Text));
                break;
            case Wording wording:
                text.Append(rendering.Escape(wording.In(rendering.Reader.Language)));
                break;
            case Moment moment:
                var written = WriteOut(moment, rendering.Reader);
                text.Append(rendering.Moment is null ? rendering.Escape(written) : rendering.Moment(moment, written));
                break;
            case Listing listing:
                for (var i = 0; i < listing.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : rendering.Escape(listing.Separator));
                    Append(text, listing.Items[i], rendering);
                }

                break;
            case TextKey key:
                AppendTemplate(text, key, rendering);
                break;
        }
    }

    private void AppendTemplate(StringBuilder text, TextKey key, Rendering rendering)
    {
        foreach (var (words, hole) in Template(key.Id, rendering.Reader.Language))
        {
            text.Append(rendering.Escape(words));
            if (hole is not null && key.Arguments.TryGetValue(hole, out var value))
            {
                Append(text, value, rendering);
            }
        }
    }

    private Stretch[] Template(string key, string language)
    {
        if (!_templates.TryGetValue(key, out var byLanguage))
        {
            throw new KeyNotFoundException($"No text '{key}' in any *.texts.yaml file.");
        }

        return byLanguage.TryGetValue(language, out var template) ? template : byLanguage[Fallback];
    }

    private static Stretch[] Stretches(string text)
    {
        var stretches = new List<Stretch>();
        var from = 0;
        foreach (var hole in Holes().EnumerateMatches(text))
        {
            stretches.Add(new Stretch(text[from..hole.Index], text.Substring(hole.Index + 1, hole.Length - 2)));
            from = hole.Index + hole.Length;
        }

        return [.. stretches, new Stretch(text[from..], null)];
    }

    private static string WriteOut(Moment moment, Reader reader)
    {
        var local = TimeZoneInfo.ConvertTime(moment.Instant, reader.Zone);
        return local.ToString(
            moment.Style switch
            {
                MomentStyle.Time => "HH:mm",
                MomentStyle.Day => "ddd d MMM",
                _ => "ddd d MMM, HH:mm",
            },
            CultureInfo.GetCultureInfo(reader.Language));
    }

    private void Read(Assembly assembly, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
        var texts = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(reader);
        foreach (var (key, byLanguage) in texts)
        {
            if (!byLanguage.ContainsKey(Fallback))
            {
                throw new InvalidDataException($"{file}: '{key}' has no English text.");
            }

            if (!_texts.TryAdd(key, byLanguage))
            {
                throw new InvalidDataException($"{file}: '{key}' stands in another texts file already.");
            }

            _templates.Add(key, byLanguage.ToDictionary(text => text.Key, text => Stretches(text.Value), StringComparer.Ordinal));
        }
    }

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Holes();

    /// <summary>Words of a template, and the name of the hole behind them; <c>null</c> at the end.</summary>
    private readonly record struct Stretch(string Words, string? Hole);

    private sealed record Rendering(Reader Reader, Func<Moment, string, string>? Moment, Func<string, string> Escape);
}

/// <summary>Who reads: language (two letters, e.g. <c>en</c>) and zone.</summary>
public sealed record Reader(string Language, TimeZoneInfo Zone)
{
    public static Reader For(string? locale, string? zone) =>
        new(
            LanguageOf(locale),
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc);

    /// <summary>The language of a locale as a platform sent it; English for one that does not begin with a language.</summary>
    public static string LanguageOf(string? locale) =>
        locale is [var first, var second, ..] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second) ? locale[..2].ToLowerInvariant() : "en";
}
