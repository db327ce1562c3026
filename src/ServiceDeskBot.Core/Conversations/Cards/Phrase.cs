using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ServiceDeskBot.Core.Conversations.Cards;

/// <summary>
/// Something to say, before it has a language: a key of a texts file with typed arguments, or somebody's own words.
/// Rendered by <see cref="Phrasebook"/> in the reader's language when it is sent.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(TextKey), "key")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Moment), "moment")]
[JsonDerivedType(typeof(Listing), "list")]
[JsonDerivedType(typeof(Wording), "wording")]
public abstract record Phrase
{
    /// <summary>A text of the product.</summary>
    public static Phrase Key(string key, params (string Name, Phrase Value)[] arguments) =>
        new TextKey(key, arguments.Length == 0 ? ReadOnlyDictionary<string, Phrase>.Empty : arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));

    /// <summary>Somebody's own words, a name or a number: shown as typed.</summary>
    public static implicit operator Phrase(string words) => new Words(words);

    /// <summary>A figure, in plain digits.</summary>
    public static implicit operator Phrase(long number) => new Words(number.ToString(CultureInfo.InvariantCulture));

    public static Phrase At(DateTimeOffset at, MomentStyle style = MomentStyle.DayAndTime) => new Moment(at, style);
}

/// <summary>A text of the product: <c>{name}</c> in the template is replaced by the argument of that name.</summary>
public sealed record TextKey(string Id, IReadOnlyDictionary<string, Phrase> Arguments) : Phrase;

/// <summary>Shown as typed, never interpreted.</summary>
public sealed record Words(string Text) : Phrase;

/// <summary>A moment, shown in the reader's own zone (Slack date format, Adaptive Card DATE/TIME, else the person's or desk's zone).</summary>
public sealed record Moment(DateTimeOffset Instant, MomentStyle Style) : Phrase;

[JsonConverter(typeof(JsonStringEnumConverter<MomentStyle>))]
public enum MomentStyle { Time, Day, DayAndTime }

/// <summary>Several phrases joined by <paramref name="Separator"/>.</summary>
public sealed record Listing(IReadOnlyList<Phrase> Items, string Separator = ", ") : Phrase;

/// <summary>A text of the desk's owner, by language; English where the reader's is missing.</summary>
public sealed record Wording(string En, string? De) : Phrase
{
    public string In(string language) => language == "de" && De is not null ? De : En;
}
