using System.Numerics;

namespace ServiceDeskBot.Triage.Features;

/// <summary>The features a model knows, by hash, with their weight in the corpus; word features come first.</summary>
internal sealed class Vocabulary
{
    private readonly ulong[] _slots;
    private readonly int _mask;

    public Vocabulary(uint[] hashes, float[] idf, int wordCount)
    {
        Hashes = hashes;
        Idf = idf;
        WordCount = wordCount;
        _slots = new ulong[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length * 2))];
        _mask = _slots.Length - 1;
        for (var i = 0; i < hashes.Length; i++)
        {
            Insert(hashes[i], i);
        }
    }

    public int Count => Hashes.Length;

    public int WordCount { get; }

    public uint[] Hashes { get; }

    /// <summary>Inverse document frequency of each feature.</summary>
    public float[] Idf { get; }

    /// <summary>The feature's number, or -1.</summary>
    public int Find(uint hash)
    {
        for (var at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            var slot = _slots[at];
            if (slot == 0)
            {
                return -1;
            }

            if ((uint)(slot >> 32) == hash)
            {
                return (int)(uint)slot - 1;
            }
        }
    }

    private void Insert(uint hash, int index)
    {
        var at = (int)hash & _mask;
        while (_slots[at] != 0)
        {
            at = (at + 1) & _mask;
        }

        _slots[at] = ((ulong)hash << 32) | (uint)(index + 1);
    }
}
