namespace ServiceDeskBot.Triage.Features;

/// <summary>Words that hold sentences together and say nothing about a ticket: never a reason, never a likeness.</summary>
internal static class FunctionWords
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(
        "a an the and or but if so of to in on at for from by with as is are was were be been am it its it's this that these those i i'm i've im ive me my we our us you your he she they them his her their do does did have has had can could would will just very too please hi hello hey there here when what which who how why again any some been being since"
            .Split(' '),
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Holds(ReadOnlySpan<char> word) => Words.Contains(word);
}
