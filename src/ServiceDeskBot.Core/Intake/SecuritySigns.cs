using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Words that mean a security worry whatever else the message says, and of which kind: each kind has a first safe step.</summary>
public static partial class SecuritySigns
{
    public const string Phishing = "phishing";
    public const string Lost = "lost-device";
    public const string Leak = "leak";
    public const string Malware = "malware";

    /// <summary>The kinds, which are evidence codes too.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Phishing, Lost, Leak, Malware];

    /// <summary>What a person reports stands in the beginning; the rest of a very long text is not worth the time.</summary>
    private const int Longest = 4000;

    /// <summary>Reads the first 4,000 characters. <c>null</c> when nothing of the kind is said. A question how to recognise such mail is none.</summary>
    public static string? In(string message) => Kind(message.Length > Longest ? message[..Longest] : message);

    private static string? Kind(string text) =>
        AsksHow().IsMatch(text) ? null
        : LostWords().IsMatch(text) ? Lost
        : MalwareWords().IsMatch(text) ? Malware
        : PhishingWords().IsMatch(text) ? Phishing
        : LeakWords().IsMatch(text) ? Leak
        : null;

    /// <summary>Whether harm is under way or very near: then nothing else comes first. A suspicious mail that nobody fell for is none.</summary>
    /// <param name="sign">What <see cref="In"/> found.</param>
    public static bool IsHarm(string sign, string message) => sign != Phishing || GivenAway().IsMatch(message.Length > Longest ? message[..Longest] : message);

    [GeneratedRegex(@"\b(entered|typed|gave|given|told|put in|filled in|submitted|eingegeben|eingetippt|weitergegeben|verraten|gesagt)\b[^.!?\n]{0,40}\b(password|passwort|credentials|zugangsdaten|login|pin|code|card|karte\w*)\b|\b(password|passwort|credentials|zugangsdaten|pin|code)\b[^.!?\n]{0,30}\b(eingegeben|eingetippt|weitergegeben|verraten)", Quick, 2000)]
    private static partial Regex GivenAway();

    private const string Device = @"(laptop|notebook|computer|phone|smartphone|iphone|tablet|ipad|handy|diensthandy|usb[ -]?(stick|drive)|hard drive|badge|access card|ausweis|schlüsselkarte|rechner|mobile)";

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*(how (do|can|to)|what (is|does)|wie (erkenne|kann)|was ist)\b(?!.*\b(clicked|entered|lost|stolen|geklickt|verloren|gestohlen)\b)", Quick, 2000)]
    private static partial Regex AsksHow();

    [GeneratedRegex($@"\b((lost|misplaced|left behind|verloren|liegen ?(ge)?lassen)\b[^.!?\n]{{0,30}}\b{Device}|{Device}\b[^.!?\n]{{0,30}}\b(was|is|were|got|has been|wurde|ist)?\s*(just )?(stolen|lost|missing|gone missing|gestohlen|geklaut|verloren|weg(gekommen)?)\b|(stole|stolen|nicked|robbed|gestohlen|geklaut)\b[^.!?\n]{{0,40}}\b{Device}|left\b[^.!?\n]{{0,15}}\b{Device}\b[^.!?\n]{{0,20}}\b(train|taxi|plane|bus|cab|airport|hotel|restaurant|tram|uber)\b|{Device}\b[^.!?\n]{{0,25}}\b(im|in der|in dem)\s+(zug|taxi|bahn|bus|flugzeug)\b[^.!?\n]{{0,20}}(vergessen|liegen)|{Device}\b[^.!?\n]{{0,25}}\b(verloren|gestohlen|geklaut))", Quick, 2000)]
    private static partial Regex LostWords();

    [GeneratedRegex(@"\b(ransomware|malware|trojan|virus|spyware|files? (are|got|were) (all )?encrypted|pay (a )?(ransom|bitcoin)|hacked|gehackt|schadsoftware|verschlüsselungstrojaner)\b(?! (scanner|scan|definition|software))", Quick, 2000)]
    private static partial Regex MalwareWords();

    [GeneratedRegex(@"\b(phish\w*|spear.?phish\w*|(click(ed)?|opened|tapped|geklickt|angeklickt|geöffnet)\b[^.!?\n]{0,40}\b(bad|strange|suspicious|weird|dodgy|fake|dubious|wrong|shady|komisch\w*|verdächtig\w*|falsch\w*|seltsam\w*)\b[^.!?\n]{0,20}\b(link|attachment|mail|email|anhang|site|page)|(suspicious|dodgy|strange|weird|fake|fishy|scam|verdächtig\w*|komisch\w*|seltsam\w*|gefälscht\w*)\s+(looking )?(e-?mails?|mails?|messages?|sms|links?|attachments?|calls?|nachricht(en)?|anh[aä]ng(e)?|anruf(e)?)|(e-?mail|mail|message|sms|nachricht)\b[^.!?\n]{0,40}\b(looks?|seems?|sieht|wirkt)\b[^.!?\n]{0,20}\b(fake|suspicious|dodgy|fishy|strange|like a scam|komisch|verdächtig)|(entered|typed|gave|eingegeben)\b[^.!?\n]{0,30}\b(password|passwort|credentials|zugangsdaten|login)\b[^.!?\n]{0,40}\b(fake|strange|wrong|suspicious|phish\w*|link|falsch\w*|website|page|seite)|(?<!\b(i|we|ich|wir)\s(\w{1,12}\s)?)(caller|call(s|ed|ing)?|phoned|rang|on the (phone|line)|am telefon|anruf\w*|angerufen|rief|ruft)\b[^.!?\n]{0,80}\b(wants|wanted|asks|asked|asking|told|wollte|will|verlangt\w*|fragt\w*)\b[^.!?\n]{0,30}\b(me|my|us|our|mein\w*|mich|mir|unser\w*)\b[^.!?\n]{0,30}\b(password|pin|code|credentials|login|remote|teamviewer|anydesk|install\w*|bank (details|data)|passwort|zugangsdaten|fernzugriff|installier\w*)|gift ?cards?\b[^.!?\n]{0,40}\b(boss|ceo|chef|manager)|(boss|ceo|chef|manager)\b[^.!?\n]{0,60}\bgift ?cards?)", Quick, 2000)]
    private static partial Regex PhishingWords();

    [GeneratedRegex(@"\b(data (leak|breach)|datenleck|datenpanne|(sent|mailed|emailed|forwarded|shared|published|uploaded|geschickt|gesendet|gemailt)\b[^.!?\n]{0,60}\b(wrong (person|people|recipient|address|customer|client|supplier|list)|by mistake|accidentally|outside the company|everyone in the company|falsche\w* (empfänger|person|adresse|kunden?)|versehentlich|aus versehen)|(accidentally|by mistake|versehentlich|aus versehen)\s+(sent|mailed|emailed|shared|published|uploaded|forwarded)\b[^.!?\n]{0,60}\b(salary|salaries|personal|customer|client|payroll|confidential|list|data|contract|file)|(customer|personal|patient|employee|salary|payroll|applicant|kunden|personal|patienten|gehalts|bewerber)-?( ?(data|list|file|records?|slips?|daten|liste|akten?))\b[^.!?\n]{0,40}\b(online|public|visible|readable|(went|goes|got|was|were|been|go|ging\w*|gegangen|geschickt)\b[^.!?\n]{0,20}\b(everyone|everybody|(the )?(whole|entire) (company|department|team)|wrong|instead|alle|falsche\w*|ganze\w*)|sichtbar|öffentlich)|(password|passwort) (was|is|got|has been|wurde) (leaked|exposed|stolen|gestohlen))", Quick, 2000)]
    private static partial Regex LeakWords();
}
