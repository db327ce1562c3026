using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>A desk file at whose top stand ids, each with a map of its own.</summary>
internal static partial class KeyedFile
{
    /// <summary>Every id with its map. A file that is not there is a fault: an empty one says what was meant.</summary>
    public static IEnumerable<(string Id, Entry Entry)> Read(DeskDraft draft, string file, Known kind, string called)
    {
        if (Text(draft, file) is not { } yaml || YamlTree.Read(draft, file, yaml) is not { } map)
        {
            draft.Lose(kind);
            yield break;
        }

        foreach (var (key, value) in map.Pairs)
        {
            var place = new Place(file, key.Line);
            if (!Id().IsMatch(key.Value))
            {
                draft.Fault(place, $"'{key.Value}' cannot be an id", "small letters, digits and hyphens");
            }

            draft.Name(kind, key.Value, place);
            if (value is YamlNode.Map keys)
            {
                yield return (key.Value, new Entry(draft, file, $"{called} '{key.Value}'", keys with { Line = key.Line }));
            }
            else
            {
                draft.Fault(place, $"{called} '{key.Value}' has no keys", "key: value");
            }
        }
    }

    /// <summary>The file's text, or <c>null</c> and a fault.</summary>
    public static string? Text(DeskDraft draft, string file)
    {
        try
        {
            return File.ReadAllText(draft.PathOf(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            draft.Fault(new Place(file, 0), fault is FileNotFoundException ? "the file is missing" : $"the file cannot be read ({fault.Message})", "a file, even an empty one, in the desk's folder");
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Id();
}
