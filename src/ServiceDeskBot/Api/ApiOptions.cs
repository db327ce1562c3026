using Microsoft.Extensions.Options;

namespace ServiceDeskBot.Api;

/// <summary>Section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Gets or sets the keys of other programs.</summary>
    /// <value>The default is none: the API answers 401.</value>
    public IList<ApiKeyOptions> Keys { get; set; } = [];
}

/// <summary>One program's key.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Gets or sets the program's name, which stands by what it writes.</summary>
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the secret that travels as <c>Authorization: Bearer</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>Gets or sets what it may do: <c>tickets:read</c>, <c>tickets:write</c>, <c>tickets:restricted</c>, <c>events</c>.</summary>
    public IList<string> Scopes { get; set; } = [];
}

/// <summary>What a key may do.</summary>
public static class ApiScope
{
    public const string Read = "tickets:read";
    public const string Write = "tickets:write";
    public const string Events = "events";

    /// <summary>Together with <see cref="Read"/> or <see cref="Write"/>: also tickets that only their own team may see (security).</summary>
    public const string Restricted = "tickets:restricted";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Restricted, Events];
}

/// <summary>Refuses keys that nobody could use, or that two programs would share.</summary>
internal sealed class ApiOptionsCheck : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        var faults = options.Keys.SelectMany(Faults)
            .Concat(Repeated(options.Keys.Select(key => key.Name)).Select(twice => $"Api:Keys: the name '{twice}' is given twice; each program needs its own."))
            .Concat(Repeated(options.Keys.Select(key => key.Key)).Select(_ => "Api:Keys: two programs have the same key; each needs its own."))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ApiKeyOptions key, int index)
    {
        if (string.IsNullOrWhiteSpace(key.Name))
        {
            yield return $"Api:Keys:{index}:Name is empty; give the program a name.";
        }

        if (string.IsNullOrWhiteSpace(key.Key))
        {
            yield return $"Api:Keys:{index}:Key is empty; give '{key.Name}' a secret.";
        }

        foreach (var scope in key.Scopes.Where(scope => !ApiScope.All.Contains(scope)))
        {
            yield return $"Api:Keys:{index}:Scopes holds '{scope}'. Allowed: {string.Join(", ", ApiScope.All)}.";
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.Where(value => value.Length > 0).GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
}
