using System.Runtime.InteropServices;
using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>Chooses the features: all of them, or the most frequent ones when room is short.</summary>
internal static class VocabularyBuilder
{
    public static Vocabulary Build(string[] texts, int most, bool readsPairsOfLetters)
    {
        var words = new Dictionary<uint, int>();
        var grams = new Dictionary<uint, int>();
        var reader = new FeatureHashes();
        var seen = new HashSet<uint>();
        foreach (var text in texts)
        {
            reader.Read(text);
            seen.Clear();
            for (var i = 0; i < reader.Count; i++)
            {
                var isPairOfLetters = i >= reader.WordCount && i < reader.LongGramStart;
                if ((readsPairsOfLetters || !isPairOfLetters) && seen.Add(reader.Hashes[i]))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(i < reader.WordCount ? words : grams, reader.Hashes[i], out _)++;
                }
            }
        }

        return Choose(words, grams, most, texts.Length);
    }

    private static Vocabulary Choose(Dictionary<uint, int> words, Dictionary<uint, int> grams, int most, int texts)
    {
        var chosen = words.Select(pair => (Hash: pair.Key, Texts: pair.Value, IsWord: true))
            .Concat(grams.Where(pair => !words.ContainsKey(pair.Key)).Select(pair => (Hash: pair.Key, Texts: pair.Value, IsWord: false)))
            .OrderByDescending(feature => feature.Texts)
            .ThenBy(feature => feature.Hash)
            .Take(most)
            .OrderByDescending(feature => feature.IsWord)
            .ThenByDescending(feature => feature.Texts)
            .ThenBy(feature => feature.Hash)
            .ToList();
        var idf = chosen.Select(feature => MathF.Log((1f + texts) / (1f + feature.Texts)) + 1f).ToArray();
        return new Vocabulary([.. chosen.Select(feature => feature.Hash)], idf, chosen.Count(feature => feature.IsWord));
    }
}
