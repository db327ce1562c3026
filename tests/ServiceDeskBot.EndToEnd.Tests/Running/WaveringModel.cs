using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>
/// The real model, until a test says that it cannot decide: what happens then must not depend on which texts the present
/// artefact happens to find hard.
/// </summary>
public sealed class WaveringModel(Func<ITriageModel> real, Func<IReadOnlyList<string>> between) : ITriageModel
{
    private static readonly string[] Types = ["incident", "request"];

    private readonly Lazy<ITriageModel> _real = new(real);

    public string? Problem => _real.Value.Problem;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TrainingShares => _real.Value.TrainingShares;

    public string Version => _real.Value.Version;

    /// <summary>So many of the next predictions end as if the machine had stood still in the middle of a pattern.</summary>
    public int Stalls { get; set; }

    public Prediction Predict(string text)
    {
        if (Stalls > 0)
        {
            Stalls--;
            throw new RegexMatchTimeoutException(text, "pattern", TimeSpan.FromSeconds(2));
        }

        var read = _real.Value.Predict(text);
        return between() switch
        {
            [] => read,
            ["incident", "request"] => read with { Type = new Guess("incident", 0.5, Types, Abstain: true) },
            var labels => read with
            {
                Type = read.Type.Abstain ? new Guess("incident", 0.9, ["incident"], Abstain: false) : read.Type,
                Category = new Guess(labels[0], 0.9 / labels.Count, labels, Abstain: true),
            },
        };
    }
}
