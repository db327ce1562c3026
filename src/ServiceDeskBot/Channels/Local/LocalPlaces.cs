using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;

namespace ServiceDeskBot.Channels.Local;

/// <summary>The rooms of the console: a personal chat with the desk for everybody, and the channels that teams are bound to.</summary>
internal static class LocalPlaces
{
    public const string Channel = "local";
    private const string Personal = "dm:";

    public static string ChatOf(string account) => Personal + account;

    public static bool IsChat(string conversation) => conversation.StartsWith(Personal, StringComparison.Ordinal);

    /// <summary>Teams with a channel here, in the desk's order.</summary>
    public static IEnumerable<(string Channel, Team Team)> ChannelsOf(DeskContent desk) =>
        from team in desk.Teams
        where team.Channels.ContainsKey(Channel)
        select (team.Channels[Channel], team);

    public static bool Exists(DeskContent desk, string conversation) =>
        IsChat(conversation) ? IsAccount(conversation[Personal.Length..]) : ChannelsOf(desk).Any(room => room.Channel == conversation);

    /// <summary>Somebody of the desk's people, or <c>null</c>.</summary>
    public static KnownPerson? Known(DeskContent desk, string account) => desk.People.FirstOrDefault(person => AccountOf(person) == account);

    public static string AccountOf(KnownPerson person) => person.Accounts.GetValueOrDefault(Channel, person.Id);

    /// <summary>Lower-case letters, digits, dot, dash and underscore, at most 40: it is part of ids and of the address bar.</summary>
    public static bool IsAccount(string account) =>
        account.Length is > 0 and <= 40 && account.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_');

    /// <param name="thread">Root post in a channel; chats have no threads.</param>
    public static Place At(string conversation, string? thread) => IsChat(conversation)
        ? new Place(Channel, conversation, Thread: null, PlaceKind.Personal)
        : new Place(Channel, conversation, thread, PlaceKind.Channel);
}
