using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Intake;

/// <summary>What a message says outright about how bad it is: a deadline, how many are stopped, what it costs. English and German.</summary>
/// <param name="Codes">What was found, for <em>Why?</em>: <c>deadline</c>, <c>many-people</c>, …</param>
/// <param name="LeastImpact">Impact is at least this; <c>null</c>: nothing said.</param>
/// <param name="LeastUrgency">Urgency is at least this; <c>null</c>: nothing said.</param>
/// <param name="NoHurry">The person says it can wait.</param>
/// <param name="Deadline">The moment they named, or <c>null</c>.</param>
public sealed partial record Evidence(IReadOnlyList<string> Codes, string? LeastImpact, string? LeastUrgency, bool NoHurry, DateTimeOffset? Deadline)
{
    private const int Longest = 4000;

    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    /// <summary>Reads the first 4,000 characters.</summary>
    public static Evidence In(string message, DateTimeOffset now, TimeZoneInfo zone)
    {
        var text = message.Length > Longest ? message[..Longest] : message;
        var codes = new List<string>();
        string? impact = null;
        string? urgency = null;

        var deadline = Deadlines.In(text, now, zone);
        if (deadline is { } due)
        {
            codes.Add("deadline");
            urgency = Most(urgency, due - now <= TimeSpan.FromHours(14) ? "high" : "medium", Urgencies);
        }

        if (Stopped().IsMatch(text))
        {
            codes.Add("stopped");
            urgency = Most(urgency, "medium", Urgencies);
        }

        var people = PeopleCount().Matches(text).Select(match => int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
        if (people > 1)
        {
            codes.Add("many-people");
            impact = Most(impact, people >= 200 ? "organisation" : people >= 15 ? "department" : "team", Impacts);
        }

        if (WholeTeam().IsMatch(text))
        {
            codes.Add("team");
            impact = Most(impact, "team", Impacts);
        }

        if (WholeDepartment().IsMatch(text))
        {
            codes.Add("department");
            impact = Most(impact, "department", Impacts);
        }

        if (Everybody().IsMatch(text))
        {
            codes.Add("organisation");
            impact = Most(impact, "organisation", Impacts);
        }

        if (Business().IsMatch(text))
        {
            codes.Add("business");
            urgency = Most(urgency, "high", Urgencies);
        }

        if (impact is not null && Stopped().IsMatch(text))
        {
            urgency = Most(urgency, "high", Urgencies);
        }

        var noHurry = NoHurryWords().IsMatch(text);
        if (noHurry)
        {
            codes.Add("no-hurry");
        }

        return new Evidence(codes, impact, urgency, noHurry, deadline);
    }

    /// <summary>The higher of the model's impact and what was said.</summary>
    public string Impact(string predicted) => Most(LeastImpact, predicted, Impacts);

    /// <summary>The higher of the model's urgency and what was said; never above low where the person says it can wait and names no cost.</summary>
    public string Urgency(string predicted) => NoHurry && LeastUrgency is null ? "low" : Most(LeastUrgency, predicted, Urgencies);

    private static string Most(string? one, string other, string[] scale) =>
        one is null ? other : Array.IndexOf(scale, one) >= Array.IndexOf(scale, other) ? one : other;

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(can'?t|can not|cannot|couldn'?t|unable to|not able to|no one can|nobody can|blocked|stopped|stuck|standing still|at a standstill|is down|are down|out of order|dead|kann nicht|können nicht|steht still|stehen still|geht nichts)\b", Quick, 2000)]
    private static partial Regex Stopped();

    [GeneratedRegex(@"\b(?<n>\d{1,6})\s+(\w+\s+)?(people|persons|users|colleagues|of us|employees|staff|agents|drivers|workers|customers|students|nurses|doctors|leute|kollegen|mitarbeiter|personen|benutzer)\b", Quick, 2000)]
    private static partial Regex PeopleCount();

    [GeneratedRegex(@"\b((my|our|the|whole|entire) team|all of us|we all|none of us|several (colleagues|people|users|of us)|our (office|room|group)|unser team|wir alle|mehrere kollegen|(happen\w*|same|down|broken|slow|gone|stopped|work\w*|issue|problem|error|fail\w*)\b[^.!?\n]{0,30}\b(to|for|with) (everyone|everybody)(?! else)|(everyone|everybody)( here)? (can'?t|cannot|is (affected|blocked|stuck)|has (the same|this) (problem|issue|error)|gets? (an?|the( same)?) error)|(no ?one|nobody)( here)? can|bei allen|alle bei uns|(keiner|niemand) (bei uns |hier )?kann)\b", Quick, 2000)]
    private static partial Regex WholeTeam();

    [GeneratedRegex(@"\b((whole|entire|all of|the whole) (department|floor|warehouse|building|site|branch|shop|store|plant|factory|accounting|sales|finance|marketing|ward|office)|(drivers|pickers|cashiers|nurses|operators|workers|sales reps|technicians)\s+(can'?t|cannot|are|have|stand|sit)|department (is|can)|(on|in) the (shop floor|warehouse)|ganze (abteilung|etage|lager)|im lager|in the warehouse|(everyone|everybody) (in|at|on|from) (?!(my|our|the) (team|group|room|office)\b)(the |our )?\p{L}{2,}|(no ?one|nobody) (in|at|on|from) (the |our )?\p{L}{2,} can|alle (im|in der|aus dem|aus der) (?!team\b|büro\b)\p{L}{2,})\b", Quick, 2000)]
    private static partial Regex WholeDepartment();

    [GeneratedRegex(@"\b((whole|entire) (company|organisation|organization)|all (sites|offices|locations|branches|employees)|every(one|body) in the company|company[- ]wide|ganze firma|alle standorte|firmenweit)\b", Quick, 2000)]
    private static partial Regex Everybody();

    [GeneratedRegex(@"\b(customers? (is|are) (waiting|leaving|complaining)|truck (leaves|is leaving|is waiting)|trucks (leave|are waiting)|production (line )?(is )?(down|stopped|stands)|losing (money|orders|sales|customers)|can'?t (ship|invoice|sell|pay|get (their|our) picks)|payroll (run|closes|is due)|month[- ]end|go[- ]live|audit|kunden warten|lkw wartet|produktion steht)\b", Quick, 2000)]
    private static partial Regex Business();

    [GeneratedRegex(@"\b(no rush|no hurry|not urgent|isn'?t urgent|when(ever)? you (have|get|find) (a )?(time|moment|minute|chance)|low priority|can wait|nicht eilig|nicht dringend|keine eile|eilt nicht)\b", Quick, 2000)]
    private static partial Regex NoHurryWords();
}
