namespace ServiceDeskBot.Benchmarks;

/// <summary>A thousand different things to say, each of which becomes a ticket.</summary>
internal static class Texts
{
    private static readonly string[] Things = ["laptop", "label printer", "docking station", "Outlook calendar", "VPN", "ERP client", "work phone", "badge", "shared folder", "meeting room screen"];
    private static readonly string[] Faults = ["does not start", "keeps dropping", "is very slow", "shows an error", "does not connect", "freezes", "makes a loud noise", "lost my settings", "does not open", "restarts by itself"];
    private static readonly string[] Circumstances = ["since this morning", "since the update", "when I dock it", "in hall 3", "at home", "after lunch every day", "for my whole team", "with a red light", "and customers are waiting", "and I need it by 16:00 today"];

    public static int Count => Things.Length * Faults.Length * Circumstances.Length;

    public static string Of(int n) => $"My {Things[n % 10]} {Faults[n / 10 % 10]} {Circumstances[n / 100 % 10]}.";
}
