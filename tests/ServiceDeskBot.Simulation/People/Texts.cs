using ServiceDeskBot.Simulation.Time;

namespace ServiceDeskBot.Simulation.People;

/// <summary>What people write. Every new matter carries a word that stands nowhere else, by which it is known again wherever it is shown.</summary>
internal sealed class Texts(Dice dice)
{
    private static readonly string[] Things = ["laptop", "label printer", "docking station", "Outlook calendar", "VPN", "ERP client", "work phone", "badge", "shared folder", "meeting room screen", "wifi in the warehouse"];
    private static readonly string[] Faults = ["does not start", "keeps dropping", "is very slow", "shows an error", "does not connect", "freezes", "lost my settings", "does not open", "geht nicht mehr"];
    private static readonly string[] Circumstances = ["since this morning", "since the update", "when I dock it", "in hall 3", "at home", "for my whole team, nobody can work", "and customers are waiting", "and I need it by 16:00 today", "when you have time, no rush", "!!! this is the third time"];

    private static readonly string[] Others =
    [
        "I need a new laptop", "Please give me access to SAP as a buyer", "I need a work phone", "please install Visio on my computer", "I would like a second monitor",
        "I got a phishing mail and entered my password", "somebody logged in to my account from abroad, I think I was hacked", "I clicked a link in a strange mail and now files are encrypted",
        "I want to complain about how my last ticket was handled", "How do I share a calendar with a colleague?", "idea: could we have a self service kiosk for badges",
        "My badge does not open the gate. Also I need a second monitor.", "Tom's laptop does not start, can you help him", "something is odd with the thing from last week",
        "Can I talk to a person?", "my password is hunter2 and it does not work", "I need a mailing list for the warehouse", "a new colleague starts next month and needs everything", "Ich brauche Zugriff auf das Laufwerk der Buchhaltung", "Der Drucker im zweiten Stock druckt nur leere Seiten",
    ];

    private static readonly string[] Small = ["thanks!", "hello", "any news?", "status", "help", "you are great, thank you for the quick fix yesterday", "my tickets", "?", "ok", "cancel it", "never mind", "this is more urgent", "reopen", "what can I order?", "yes", "no"];

    private static readonly string[] More = ["it also happens after a restart", "and the second screen is dark too", "still the same here", "here is what it says: error 0x80070005", "also my colleague has it"];

    private static readonly string[] Doings = ["restarted the access point", "cleared the cache and signed in again", "replaced the cable", "waiting for a part", "looked at the log, nothing there", "please try once more after a restart"];

    public string Matter()
    {
        var text = dice.Chance(0.75) ? $"My {dice.One(Things)} {dice.One(Faults)} {dice.One(Circumstances)}" : dice.One(Others);
        return $"{text} XQ{string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + dice.Below(26))))}";
    }

    public string SmallTalk() => dice.One(Small);

    public string Continuation() => dice.One(More);

    public string Answer() => $"to answer your question: the number on the label is {dice.Below(900) + 100}";

    public string Work() => dice.One(Doings);
}
