using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Divides rows into parts of like composition, near-duplicates always together, decided by seed alone.</summary>
internal static class Parts
{
    /// <summary>The part of each row.</summary>
    /// <param name="labels">What the parts shall have in like shares; -1 counts as a label of its own.</param>
    public static int[] Of(IReadOnlyList<string> texts, int[] labels, int parts, ulong seed)
    {
        var groups = GroupsOf(texts);
        var dice = Dice.For(seed, 7_777);
        var part = new int[texts.Count];
        foreach (var stratum in groups.GroupBy(group => labels[group[0]]).OrderBy(g => g.Key))
        {
            var shuffled = stratum.ToArray();
            dice.Shuffle<List<int>>(shuffled);
            var next = dice.Below(parts);
            foreach (var group in shuffled)
            {
                foreach (var row in group)
                {
                    part[row] = next;
                }

                next = (next + 1) % parts;
            }
        }

        return part;
    }

    /// <summary>Rows whose texts have the same words, in any order, are one group.</summary>
    private static List<List<int>> GroupsOf(IReadOnlyList<string> texts)
    {
        var reader = new FeatureHashes();
        var byKey = new Dictionary<(ulong, int), List<int>>();
        for (var row = 0; row < texts.Count; row++)
        {
            reader.Read(texts[row]);
            var sum = 0UL;
            foreach (var hash in reader.Hashes[..reader.UnigramCount])
            {
                sum += hash * 0x9E3779B97F4A7C15UL;
            }

            if (!byKey.TryGetValue((sum, reader.UnigramCount), out var group))
            {
                byKey[(sum, reader.UnigramCount)] = group = [];
            }

            group.Add(row);
        }

        return [.. byKey.Values.OrderBy(group => group[0])];
    }
}
