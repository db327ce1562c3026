using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>
/// One map of a desk file, read key by key. What is missing or wrong becomes a fault and a harmless value, so that
/// reading goes on; <see cref="End"/> reports the keys that nobody asked for.
/// </summary>
internal sealed partial class Entry
{
    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.Ordinal)
    {
        ["minute"] = TimeSpan.FromMinutes(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
    };

    private readonly DeskDraft _draft;
    private readonly string _file;
    private readonly string _name;
    private readonly YamlNode.Map _map;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    /// <param name="name">What the map is, for messages: <c>team 'network'</c>.</param>
    public Entry(DeskDraft draft, string file, string name, YamlNode.Map map)
    {
        (_draft, _file, _name, _map) = (draft, file, name, map);
        foreach (var (key, value) in map.Pairs)
        {
            if (!_values.TryAdd(key.Value, value))
            {
                draft.Fault(At(key), $"{name} has '{key.Value}' twice", "each key once");
            }
        }
    }

    public Place Place => At(_map);

    public string Text(string key) => TextOrNull(key) ?? Missing(key, "a text");

    /// <summary><c>null</c> when it is left out or empty.</summary>
    public string? TextOrNull(string key)
    {
        switch (Ask(key))
        {
            case null or YamlNode.Text { Value: "" }:
                return null;
            case YamlNode.Text text:
                return text.Value;
            case var other:
                _draft.Fault(At(other), $"'{key}' of {_name} is not a single value", "a text");
                return "";
        }
    }

    /// <summary>Empty when it is left out.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. TextNodes(key).Select(text => text.Value)];

    public string OneOf(string key, params string[] allowed)
    {
        var value = TextOrNull(key) ?? Missing(key, string.Join(", ", allowed));
        return value.Length == 0 || allowed.Contains(value, StringComparer.Ordinal) ? value : Wrong(key, value, string.Join(", ", allowed), value);
    }

    public IReadOnlyList<string> SomeOf(string key, params string[] allowed)
    {
        var texts = TextNodes(key);
        foreach (var text in texts.Where(text => !allowed.Contains(text.Value, StringComparer.Ordinal)))
        {
            _draft.Fault(At(text), $"'{text.Value}' in '{key}' of {_name} is not known", string.Join(", ", allowed));
        }

        return [.. texts.Select(text => text.Value)];
    }

    /// <summary>The id of something that is named elsewhere.</summary>
    public string Reference(string key, Known kind)
    {
        var id = TextOrNull(key) ?? Missing(key, $"the id of a {DeskDraft.Word(kind)}");
        if (id.Length > 0)
        {
            _draft.Refer(kind, id, At(_values[key]));
        }

        return id;
    }

    /// <summary><c>null</c> when it is left out. Words in <paramref name="besides"/> stand for themselves.</summary>
    public string? ReferenceOrNull(string key, Known kind, params string[] besides) => TextOrNull(key) switch
    {
        null => null,
        var word when besides.Contains(word, StringComparer.Ordinal) => word,
        _ => Reference(key, kind),
    };

    public IReadOnlyList<string> References(string key, Known kind, bool required = true)
    {
        var ids = TextNodes(key);
        if (required && ids.Count == 0)
        {
            Missing(key, "a list such as [one, two]");
        }

        foreach (var id in ids)
        {
            _draft.Refer(kind, id.Value, At(id));
        }

        return [.. ids.Select(id => id.Value)];
    }

    /// <summary>Ids that are named here and nowhere else.</summary>
    public IReadOnlyList<string> Names(string key, Known kind)
    {
        var ids = TextNodes(key);
        foreach (var id in ids)
        {
            _draft.Name(kind, id.Value, At(id));
        }

        return [.. ids.Select(id => id.Value)];
    }

    /// <summary>Texts by platform; each is named once on the whole desk. Empty when it is left out.</summary>
    public IReadOnlyDictionary<string, string> ByPlatform(string key, Known kind)
    {
        if (SectionOrNull(key) is not { } section)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var platform in (string[])["teams", "slack", "local"])
        {
            if (section.TextOrNull(platform) is { } id)
            {
                found[platform] = id;
                _draft.Name(kind, $"{platform} {id}", section.At(section._values[platform]));
            }
        }

        section.End();
        return found;
    }

    public bool Flag(string key) => TextOrNull(key) switch
    {
        null or "false" => false,
        "true" => true,
        var other => Wrong(key, other, "true, false", false),
    };

    public int Number(string key, int least, int most)
    {
        var text = TextOrNull(key) ?? Missing(key, $"a whole number from {least} to {most}");
        return text.Length == 0 ? least
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : Wrong(key, text, $"a whole number from {least} to {most}", least);
    }

    /// <summary><c>null</c> when it is left out.</summary>
    public int? NumberOrNull(string key, int least, int most) => TextOrNull(key) is null ? null : Number(key, least, most);

    public double Share(string key)
    {
        var text = TextOrNull(key) ?? Missing(key, "a number from 0 to 1");
        return text.Length == 0 ? 0
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1 ? share
            : Wrong(key, text, "a number from 0 to 1", 0.0);
    }

    public DateOnly Date(string key) => Date(key, TextOrNull(key) ?? Missing(key, "a date such as 2027-03-31"), _values.GetValueOrDefault(key));

    public IReadOnlyList<DateOnly> Dates(string key) => [.. TextNodes(key).Select(text => Date(key, text.Value, text))];

    /// <summary><c>null</c> when it is left out.</summary>
    public TimeOnly? TimeOrNull(string key) => TextOrNull(key) is null ? null : Time(key);

    public TimeOnly Time(string key)
    {
        var text = TextOrNull(key) ?? Missing(key, "a time such as 09:00");
        return text.Length == 0 ? default
            : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : Wrong(key, text, "a time such as 09:00", default(TimeOnly));
    }

    /// <summary>Ids with the last day on which each holds; <c>always</c> for those without an end.</summary>
    public IReadOnlyDictionary<string, DateOnly?> LastDays(string key)
    {
        var days = new Dictionary<string, DateOnly?>(StringComparer.Ordinal);
        if (SectionOrNull(key) is { } section)
        {
            foreach (var (id, _) in section._map.Pairs)
            {
                days[id.Value] = section.TextOrNull(id.Value) == "always" ? null : section.Date(id.Value);
            }
        }

        return days;
    }

    /// <summary>An IANA zone that this machine knows.</summary>
    public string? ZoneOrNull(string key) =>
        TextOrNull(key) is not { Length: > 0 } zone ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone
        : Wrong(key, zone, "an IANA time zone such as Europe/Berlin", zone);

    public string Zone(string key) => ZoneOrNull(key) ?? (Ask(key) is null or YamlNode.Text { Value: "" } ? Missing(key, "an IANA time zone such as Europe/Berlin") : "");

    /// <summary>Time that passes on the clock.</summary>
    public TimeSpan Span(string key) => Span(key, "15 minutes, 4 hours or 3 days", ["minute", "hour", "day"]);

    /// <summary><paramref name="otherwise"/> when it is left out.</summary>
    public TimeSpan SpanOr(string key, TimeSpan otherwise) => TextOrNull(key) is null ? otherwise : Span(key);

    /// <summary>Time that passes while people are there. Days are refused: nobody could tell how long one is.</summary>
    public TimeSpan WorkingSpan(string key) => Span(key, "15 minutes or 40 hours (of working time)", ["minute", "hour"]);

    public Entry Section(string key)
    {
        if (SectionOrNull(key) is { } section)
        {
            return section;
        }

        // One fault is enough for a missing section: what stands in it is not asked for again.
        if (Ask(key) is null or YamlNode.Text { Value: "" })
        {
            Missing(key, "keys with values");
        }

        return new Entry(new DeskDraft(""), _file, key, new YamlNode.Map(_map.Line, []));
    }

    /// <summary>Each item of a list of maps.</summary>
    public IEnumerable<Entry> Sections(string key, string called)
    {
        foreach (var node in Ask(key) is YamlNode.List list ? list.Items : NotAList(key))
        {
            if (node is YamlNode.Map map)
            {
                yield return new Entry(_draft, _file, $"a {called} of {_name}", map);
            }
            else
            {
                _draft.Fault(At(node), $"a {called} of {_name} has no keys", "key: value");
            }
        }
    }

    public void Fault(string key, string problem, string allowed) =>
        _draft.Fault(_values.TryGetValue(key, out var node) ? At(node) : Place, problem, allowed);

    /// <summary>Reports what is left over.</summary>
    public void End()
    {
        foreach (var (key, _) in _map.Pairs.Where(pair => !_asked.Contains(pair.Key.Value, StringComparer.Ordinal)))
        {
            _draft.Fault(At(key), $"'{key.Value}' is not known in {_name}", string.Join(", ", _asked.Distinct(StringComparer.Ordinal)));
        }
    }

    /// <summary><c>null</c> when it is left out, or after a fault.</summary>
    public Entry? SectionOrNull(string key)
    {
        switch (Ask(key))
        {
            case null or YamlNode.Text { Value: "" }:
                return null;
            case YamlNode.Map map:
                return new Entry(_draft, _file, $"'{key}' of {_name}", map);
            case var other:
                _draft.Fault(At(other), $"'{key}' of {_name} has no keys", "key: value");
                return null;
        }
    }

    private List<YamlNode.Text> TextNodes(string key)
    {
        var nodes = Ask(key) switch
        {
            null or YamlNode.Text { Value: "" } => [],
            YamlNode.List list => list.Items,
            var other => NotAList(key, other),
        };
        foreach (var node in nodes.Where(node => node is not YamlNode.Text))
        {
            _draft.Fault(At(node), $"'{key}' of {_name} holds more than texts", "a list such as [one, two]");
        }

        return [.. nodes.OfType<YamlNode.Text>()];
    }

    private IReadOnlyList<YamlNode> NotAList(string key) => Ask(key) is { } other and not YamlNode.Text { Value: "" } ? NotAList(key, other) : [];

    private IReadOnlyList<YamlNode> NotAList(string key, YamlNode node)
    {
        _draft.Fault(At(node), $"'{key}' of {_name} is not a list", "a list such as [one, two]");
        return [];
    }

    private DateOnly Date(string key, string text, YamlNode? node)
    {
        if (text.Length > 0 && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            _draft.Fault(node is null ? Place : At(node), $"'{text}' in '{key}' of {_name} is not a date", "a date such as 2027-03-31");
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : default;
    }

    private TimeSpan Span(string key, string allowed, string[] units)
    {
        var text = TextOrNull(key) ?? Missing(key, allowed);
        if (text.Length == 0)
        {
            return default;
        }

        var match = Amount().Match(text);
        return match.Success && units.Contains(match.Groups["unit"].Value, StringComparer.Ordinal)
            ? Units[match.Groups["unit"].Value] * int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture)
            : Wrong(key, text, allowed, TimeSpan.Zero);
    }

    private YamlNode? Ask(string key)
    {
        if (!_asked.Contains(key, StringComparer.Ordinal))
        {
            _asked.Add(key);
        }

        return _values.GetValueOrDefault(key);
    }

    private string Missing(string key, string allowed)
    {
        _draft.Fault(Place, $"{_name} has no '{key}'", allowed);
        return "";
    }

    private T Wrong<T>(string key, string value, string allowed, T instead)
    {
        _draft.Fault(At(_values[key]), $"'{value}' cannot be '{key}' of {_name}", allowed);
        return instead;
    }

    private Place At(YamlNode node) => new(_file, node.Line);

    [GeneratedRegex(@"^(?<n>[1-9][0-9]{0,4}) (?<unit>minute|hour|day)s?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Amount();
}
