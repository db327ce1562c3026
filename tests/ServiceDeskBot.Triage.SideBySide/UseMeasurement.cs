using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Triage.SideBySide;

/// <summary>What an artefact costs in use, compiled and warm: loading, predictions one at a time, allocation.</summary>
internal sealed record UseMeasurement(double MillisecondsToLoad, double PredictionsPerSecond, double BytesPerPrediction)
{
    private const int Loads = 5;
    private const int Predictions = 10_000;

    public static UseMeasurement Of(string model, string test)
    {
        var texts = File.ReadLines(test).Skip(1).Where(line => line.Length > 0).Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]).ToArray();
        var clock = TimeProvider.System;

        // The best of five: on a shared machine the others measure its neighbours.
        var load = Enumerable.Range(0, Loads).Min(_ =>
        {
            var begun = clock.GetTimestamp();
            Artefact.Read(model);
            return clock.GetElapsedTime(begun).TotalMilliseconds;
        });
        var classifier = ((ArtefactReading.Loaded)Artefact.Read(model)).Classifier;
        foreach (var text in texts)
        {
            classifier.Classify(text);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = clock.GetTimestamp();
        for (var i = 0; i < Predictions; i++)
        {
            classifier.Classify(texts[i % texts.Length]);
        }

        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        return new UseMeasurement(load, Predictions / seconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Predictions);
    }
}
