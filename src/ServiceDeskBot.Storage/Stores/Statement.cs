using System.Text.RegularExpressions;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>
/// One SQL statement with named parameters, prepared once per connection.
/// Values are given in the order in which the parameters first stand in the text; <c>@tenant</c> is bound by the connection.
/// </summary>
internal sealed partial class Statement
{
    public Statement(string text)
    {
        Text = text;
        Parameters = [.. Names().Matches(text).Select(match => match.Value).Where(name => name != "@tenant").Distinct(StringComparer.Ordinal)];
    }

    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The statement as a step of a unit that may change any number of rows.</summary>
    public Step With(params object?[] values) => new(this, values, MustChange: false);

    /// <summary>The statement as a step that makes its unit a conflict when it changes no row.</summary>
    public Step MustChange(params object?[] values) => new(this, values, MustChange: true);

    [GeneratedRegex("@[a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Names();
}

/// <summary>A statement with its values. A unit of work becomes a list of these before it reaches a database, so that writing is nothing but running them.</summary>
internal readonly record struct Step(Statement Statement, object?[] Values, bool MustChange);
