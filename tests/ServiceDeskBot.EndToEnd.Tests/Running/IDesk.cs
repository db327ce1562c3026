namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>A desk that people can be played at, in this process or in one of its own.</summary>
public interface IDesk
{
    Uri Address { get; }

    /// <summary>Of every replica.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Ends when everything taken in is decided, and everything due is sent.</summary>
    Task SettledAsync();
}
