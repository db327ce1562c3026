namespace ServiceDeskBot.Core.People;

/// <summary>Somebody the desk knows. Everybody is an end user; roles add to that.</summary>
/// <param name="Id">The key in <c>people.yaml</c>, else <c>p-…</c>. The only id of a person that outsiders see.</param>
/// <param name="Email">The address a platform vouched for; <c>null</c> when none did. Lower case.</param>
/// <param name="Roles">agent, lead, manager, owner, operator.</param>
/// <param name="Manager">Desk id of the manager, or <c>null</c>.</param>
/// <param name="Locale">BCP 47 tag, or <c>null</c> for the desk's language.</param>
/// <param name="Zone">IANA zone, or <c>null</c> for the desk's zone.</param>
public sealed record Person(
    string Id,
    string Name,
    string? Email,
    IReadOnlyList<string> Roles,
    string? Manager = null,
    string? Department = null,
    string? Site = null,
    string? Locale = null,
    string? Zone = null)
{
    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
