using System.CommandLine;
using ServiceDeskBot.Hosting;

namespace ServiceDeskBot.Commands;

/// <summary><c>serve</c>, also without a verb: takes messages until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandRun run)
    {
        var command = new Command("serve", "Serves the desk (what happens without a verb).");
        command.SetAction(async (_, _) =>
        {
            await using var app = DeskApplication.Build(run.Settings);
            await app.StartAsync(CancellationToken.None);

            // Reading content, texts and the model leaves more behind than a quiet desk ever needs again: a tenth of its memory.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return DeskCommands.Done;
        });
        return command;
    }
}
