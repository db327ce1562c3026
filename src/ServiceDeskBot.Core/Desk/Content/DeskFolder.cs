using System.Security.Cryptography;
using System.Text;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>Reads a desk from a folder of YAML files and Markdown articles.</summary>
public static class DeskFolder
{
    /// <summary>Another one whenever the content of a file is. Not their times: a mounted folder swaps links whose times stay.</summary>
    public static string Stamp(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Where(file => Path.GetExtension(file) is ".yaml" or ".md").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads everything before it answers, so that all faults can be mended in one go.</summary>
    public static DeskReading Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new DeskReading.Faulty([new DeskFault(folder, 0, "there is no such folder", "a folder with teams.yaml, services.yaml, catalogue.yaml, calendars.yaml, policies.yaml, people.yaml and knowledge/*.md")]);
        }

        var draft = new DeskDraft(folder);
        var people = PeopleFile.Read(draft);
        var calendars = CalendarsFile.Read(draft);
        var teams = TeamsFile.Read(draft);
        var services = ServicesFile.Read(draft);
        var catalogue = CatalogueFile.Read(draft);
        var workflows = WorkflowsFile.Read(draft);
        var policies = PoliciesFile.Read(draft);
        var articles = ArticleFiles.Read(draft);
        var scripts = ScriptsFile.Read(draft);

        Agreement.Check(draft, teams, people);
        ApprovalRules.Check(draft, catalogue, people, policies);
        ScriptsFile.Check(draft, scripts, articles);
        return draft.Faults is { Count: > 0 } faults
            ? new DeskReading.Faulty(faults)
            : new DeskReading.Complete(new DeskContent(teams, services, catalogue, calendars, policies!, people, articles) { Workflows = workflows, Scripts = scripts });
    }
}

/// <summary>What came of reading a desk.</summary>
public abstract record DeskReading
{
    private DeskReading()
    {
    }

    public sealed record Complete(DeskContent Desk) : DeskReading;

    /// <param name="Faults">Every fault found, by file and line.</param>
    public sealed record Faulty(IReadOnlyList<DeskFault> Faults) : DeskReading;
}

/// <summary>Something in the desk's files that cannot be used as it is.</summary>
/// <param name="File">Relative to the desk's folder.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Allowed">What may stand there instead.</param>
public sealed record DeskFault(string File, int Line, string Problem, string Allowed)
{
    public override string ToString() => $"{File}{(Line > 0 ? $", line {Line}" : "")}: {Problem}. Allowed: {Allowed}.";
}
