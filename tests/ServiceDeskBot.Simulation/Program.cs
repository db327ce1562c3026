using System.CommandLine;
using System.Diagnostics;
using ServiceDeskBot.Simulation;

var days = new Option<int>("--days") { Description = "Desk-days in all; a run of one seed has ten.", DefaultValueFactory = _ => 200 };
var seed = new Option<int>("--seed") { Description = "The first seed; each run takes the next one.", DefaultValueFactory = _ => 1 };
var trace = new Option<FileInfo?>("--trace") { Description = "Every step of the runs goes into this file." };
var keep = new Option<bool>("--keep-going") { Description = "Goes on after a failed run." };
var command = new RootCommand("Lets the desk live through days with faults, and checks that its rules hold.") { days, seed, trace, keep };
command.SetAction(async (parsed, cancellation) =>
{
    await using var copy = parsed.GetValue(trace) is { } file ? file.CreateText() : null;
    var (first, runs) = (parsed.GetValue(seed), Math.Max(1, (parsed.GetValue(days) + Run.Days - 1) / Run.Days));
    var failed = new List<int>();
    var clock = Stopwatch.StartNew();
    for (var number = first; number < first + runs && !cancellation.IsCancellationRequested; number++)
    {
        var result = await Run.OfAsync(number, copy: copy);
        Console.WriteLine($"seed {number}: {(result.Failure is null ? "held" : "BROKEN")}; {result.Figures}; {clock.Elapsed.TotalSeconds:0.0} s");
        if (result.Failure is null)
        {
            continue;
        }

        failed.Add(number);
        Console.WriteLine(result.Story);
        if (!parsed.GetValue(keep))
        {
            break;
        }
    }

    Console.WriteLine(failed.Count == 0 ? $"simulation: {runs * Run.Days} desk-days held" : $"simulation: seeds {string.Join(", ", failed)} failed");
    return failed.Count == 0 ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
