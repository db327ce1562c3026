using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Takes passwords, tokens and card numbers out of a text before it is stored or shown to anybody.</summary>
public static partial class Masking
{
    private const string Mask = "•••";

    /// <summary>The text without secrets and words about health, and whether any was found.</summary>
    /// <returns><c>Found</c>: a secret; <c>Health</c>: something about somebody's health.</returns>
    public static (string Text, bool Found, bool Health) Of(string text)
    {
        if (text.Length == 0)
        {
            return (text, false, false);
        }

        var masked = Named().Replace(text, match => match.Groups["name"].Value + Mask);
        masked = Tokens().Replace(masked, Mask);
        masked = Digits().Replace(masked, match => IsCard(match.ValueSpan) ? Mask : match.Value);
        var found = masked != text;
        var healthy = HealthWords().Replace(masked, Mask);
        return (healthy, found, healthy != masked);
    }

    /// <summary>The turn as it may be stored.</summary>
    public static Turn Of(Turn turn) => turn.Input switch
    {
        Said said when Of(said.Text) is var masked && masked.Text != said.Text => turn with { Input = said with { Text = masked.Text, Masked = masked.Found, HealthMasked = masked.Health } },
        Edited edited => turn with { Input = edited with { Text = Of(edited.Text).Text } },
        TicketFromMessage message => turn with { Input = message with { Text = Of(message.Text).Text } },
        RaisedByProgram raised => turn with { Input = raised with { Text = Of(raised.Text).Text } },
        NotedByProgram noted => turn with { Input = noted with { Text = Of(noted.Text).Text } },
        Pressed pressed when pressed.Fields.Count > 0 => turn with { Input = pressed with { Fields = pressed.Fields.ToDictionary(field => field.Key, field => Of(field.Value).Text, StringComparer.Ordinal) } },
        _ => turn,
    };

    /// <summary>A payment card: 13 to 19 digits that pass the Luhn check.</summary>
    private static bool IsCard(ReadOnlySpan<char> text)
    {
        var (sum, count) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var digit = text[i] - '0';
            if (count++ % 2 == 1)
            {
                digit = digit > 4 ? (2 * digit) - 9 : 2 * digit;
            }

            sum += digit;
        }

        return count is >= 13 and <= 19 && sum % 10 == 0;
    }

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // "password is hunter2", "pw: hunter2", "Passwort lautet geheim1", "PIN 1234", "my password hunter2!". A word that only talks about it ("password expired") stays.
    [GeneratedRegex(@"(?<name>\b(password|passwd|passphrase|pwd|pw|passwort|kennwort|pin|secret|api[ -]?key|token|one[- ]time code|otp)\b\s{0,8}((is|was|lautet|ist|war)\s{0,8}[:=]?|[:=])\s{0,8}[""'„“]?)(?!(not|expired|wrong|reset|gone|lost|abgelaufen|falsch|weg|correct|invalid|locked|too|no|required|needed|incorrect|being|about|asked|rejected|accepted|the|a|my)\b)[^\s""'„“,;]+", Quick, 2000)]
    private static partial Regex Named();

    // Named illnesses and treatments. Being ill or on sick leave is said every day and stays: the desk needs it to help.
    [GeneratedRegex(@"\b(cancer|tumou?rs?|leukaemia|leukemia|chemo(therapy)?|diabet(es|ic)|hiv|aids|hepatitis|epilep(sy|tic)|depress(ion|ed)|burn-?out|bipolar|schizophreni\w+|psychosis|anxiety disorder|panic attacks?|ptsd|miscarriage|pregnan(t|cy)|ivf|abortion|heart attack|stroke of my \w+|surgery|psychotherap\w+|psychiatr\w+|rehab|multiple sclerosis|parkinson'?s?|alzheimer'?s?|covid(-19)?|corona infection|slipped disc|krebs|krebserkrankung|leukämie|chemotherapie|zucker(krank\w*|krankheit)|epilepsie|depression(en)?|depressiv|fehlgeburt|schwanger(schaft)?|herzinfarkt|schlaganfall|psychotherapie|psychiatrie|bandscheibenvorfall|reha)\b", Quick, 2000)]
    private static partial Regex HealthWords();

    [GeneratedRegex(@"\b(xox[abprs]-[A-Za-z0-9-]{8,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|sk-[A-Za-z0-9_-]{20,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b\d(?:[ -]?\d){12,18}\b", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Digits();
}
