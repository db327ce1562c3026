using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>What a model that never saw a row made of it, for one head.</summary>
internal sealed record HeldOutRow(int Label, float[] Linear, float[] Network, float KnownWords, float KnownGrams);

/// <summary>
/// Held-out rows of every head: those asked for, else parts of the rows in turn, the more the fewer rows there are.
/// </summary>
internal static class HeldOutScores
{
    /// <param name="holdOut">Rows to hold out together, one part after the other; none leaves the choice to the recipe.</param>
    public static List<HeldOutRow>[] Collect(LabelledSet set, IReadOnlyList<IReadOnlySet<int>> holdOut, Recipe recipe, CancellationToken cancellationToken)
    {
        recipe = recipe with { Networks = Math.Min(recipe.Networks, recipe.NetworksToCalibrate) };
        var held = set.Heads.Select(_ => new List<HeldOutRow>()).ToArray();
        foreach (var left in holdOut.Count > 0 ? holdOut : TurnsOf(set, recipe))
        {
            var kept = Enumerable.Range(0, set.Rows).Where(row => !left.Contains(row)).ToArray();
            if (kept.Length > 0 && left.Count > 0)
            {
                var weights = MemberTraining.Run(set.Pick(kept), recipe, cancellationToken);
                Score(set, [.. left.Order()], weights, held);
            }
        }

        return held;
    }

    private static IEnumerable<IReadOnlySet<int>> TurnsOf(LabelledSet set, Recipe recipe)
    {
        var parts = Parts.Of(set.Texts, set.Labels[0], recipe.Parts, recipe.Seed);
        var turns = set.Rows < recipe.FewRows ? recipe.Parts : set.Rows < recipe.ManyRows ? recipe.SomeParts : 1;
        for (var turn = 0; turn < turns; turn++)
        {
            yield return Enumerable.Range(0, set.Rows).Where(row => parts[row] == turn).ToHashSet();
        }
    }

    private static void Score(LabelledSet set, int[] rows, ClassifierWeights weights, List<HeldOutRow>[] held)
    {
        var scores = new Scores(weights);
        foreach (var row in rows)
        {
            scores.Read(set.Texts[row]);
            var offset = 0;
            for (var head = 0; head < held.Length; head++)
            {
                var labels = set.Heads[head].Labels.Length;
                if (set.Labels[head][row] >= 0)
                {
                    held[head].Add(new HeldOutRow(
                        set.Labels[head][row],
                        scores.Linear.Slice(offset, labels).ToArray(),
                        scores.Network.Slice(offset, labels).ToArray(),
                        scores.Vector.KnownWords,
                        scores.Vector.KnownGrams));
                }

                offset += labels;
            }
        }
    }
}
