using System.CommandLine;

namespace ServiceDeskBot.Commands;

/// <summary><c>doctor</c>: one sentence per finding, each with its remedy; exit 1 if anything would keep the bot silent.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandRun run)
    {
        var command = new Command("doctor", "Checks settings, database, credentials, channels, people, model and clock.");
        command.SetAction((_, cancellationToken) => RunAsync(run, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(run, cancellationToken);
        foreach (var finding in findings)
        {
            await run.SayAsync($"{Mark(finding.Weight)} {finding.Sentence}");
        }

        var silent = findings.Count(finding => finding.Weight == Weight.Silent);
        await run.SayAsync(silent == 0 ? "The desk can speak." : $"{silent} finding(s) keep the desk silent.");
        return silent == 0 ? DeskCommands.Done : DeskCommands.Failed;
    }

    /// <summary>Settings so wrong that the desk cannot even be put together are a finding too.</summary>
    private static async Task<IReadOnlyList<Finding>> FindAsync(CommandRun run, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = run.Build();
            return await new Examination(app.Services).RunAsync(cancellationToken);
        }
        catch (Exception wrong) when (DeskCommands.SettingsFault(wrong) is { } sentence)
        {
            return [new Finding(Weight.Silent, sentence)];
        }
    }

    private static string Mark(Weight weight) => weight switch
    {
        Weight.Fine => "ok    ",
        Weight.Note => "note  ",
        _ => "FAULT ",
    };
}

/// <summary>What was found. <paramref name="Sentence"/> holds the remedy where there is something to mend.</summary>
internal sealed record Finding(Weight Weight, string Sentence);

internal enum Weight
{
    Fine,

    /// <summary>Works, but not as well as it could.</summary>
    Note,

    /// <summary>Keeps the bot silent.</summary>
    Silent,
}
