using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>A form that comes back: what was typed stays, and each fault stands at its input.</summary>
internal static class Filled
{
    public static IEnumerable<CardPart> In(
        IReadOnlyList<CardPart> parts,
        IReadOnlyDictionary<string, Phrase>? errors,
        IReadOnlyDictionary<string, string>? values) =>
        parts.Select(part => part is InputPart input
            ? input with { Error = errors?.GetValueOrDefault(input.Id) ?? input.Error, Value = values?.GetValueOrDefault(input.Id) ?? input.Value }
            : part);
}

/// <summary>Which pictures a client can fetch.</summary>
internal static class Pictures
{
    public static bool IsPublic(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && url.Length <= 3000;
}
