namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>What one file may name and another may refer to.</summary>
internal enum Known { Person, Team, Calendar, Category, Service, Item, Workflow, Script, Article, Email, Account, Channel }

/// <summary>The desk while it is read: faults so far, what was named where, and what was referred to.</summary>
internal sealed class DeskDraft(string folder)
{
    private const int MostNamed = 20;

    private readonly List<DeskFault> _faults = [];
    private readonly Dictionary<(Known Kind, string Id), Place> _named = [];
    private readonly List<(Known Kind, string Id, Place Place)> _referredTo = [];
    private readonly HashSet<Known> _lost = [];

    /// <summary>By file, then line.</summary>
    public IReadOnlyList<DeskFault> Faults =>
        [.. _faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];

    public string PathOf(string file) => Path.Combine(folder, file);

    public void Fault(Place place, string problem, string allowed) => _faults.Add(new DeskFault(place.File, place.Line, problem, allowed));

    /// <summary>Remembers an id; a second one of its kind is a fault.</summary>
    public void Name(Known kind, string id, Place place)
    {
        if (!_named.TryAdd((kind, id), place))
        {
            var first = _named[(kind, id)];
            Fault(place, $"{Word(kind)} '{id}' is already there ({first.File}, line {first.Line})", $"each {Word(kind)} once");
        }
    }

    /// <summary>Remembers that <paramref name="id"/> must be named somewhere; looked up when every file is read.</summary>
    public void Refer(Known kind, string id, Place place) => _referredTo.Add((kind, id, place));

    /// <summary>The file that names this kind could not be read: one fault, not one more for each reference to it.</summary>
    public void Lose(Known kind) => _lost.UnionWith(kind == Known.Team ? [kind, Known.Category] : [kind]);

    public bool IsLost(Known kind) => _lost.Contains(kind);

    public bool IsNamed(Known kind, string id) => _named.ContainsKey((kind, id));

    public Place PlaceOf(Known kind, string id) => _named[(kind, id)];

    public void CheckReferences()
    {
        foreach (var (kind, id, place) in _referredTo.Where(reference => !IsLost(reference.Kind) && !IsNamed(reference.Kind, reference.Id)))
        {
            Fault(place, $"there is no {Word(kind)} '{id}'", Listed(kind));
        }
    }

    private string Listed(Known kind)
    {
        var ids = _named.Keys.Where(key => key.Kind == kind).Select(key => key.Id).Order(StringComparer.Ordinal).ToList();
        return ids.Count switch
        {
            0 => $"nothing yet, name a {Word(kind)} first",
            > MostNamed => $"{string.Join(", ", ids.Take(MostNamed))}, …",
            _ => string.Join(", ", ids),
        };
    }

    public static string Word(Known kind) => kind switch
    {
        Known.Item => "catalogue item",
        Known.Email => "e-mail address",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>Where something stands.</summary>
internal readonly record struct Place(string File, int Line);
