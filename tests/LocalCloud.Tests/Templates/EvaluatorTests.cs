using LocalCloud.Templates;

namespace LocalCloud.Tests.Templates;

public class EvaluatorTests
{
    private const string Queue = """
        { 'Parameters': { 'Stage': { 'Type': 'String', 'Default': 'dev' }, 'Size': { 'Type': 'Number', 'Default': 3 }, 'Zones': { 'Type': 'CommaDelimitedList', 'Default': 'a, b' },
                          'Asked': { 'Type': 'String' }, 'Boot': { 'Type': 'AWS::SSM::Parameter::Value<String>', 'Default': '/cdk/version' } },
          'Mappings': { 'Sizes': { 'dev': { 'memory': 128 } } },
          'Conditions': { 'IsDev': { 'Fn::Equals': [{ 'Ref': 'Stage' }, 'dev'] }, 'IsBig': { 'Fn::Not': [{ 'Condition': 'IsDev' }] },
                          'Both': { 'Fn::And': [{ 'Condition': 'IsDev' }, { 'Condition': 'IsBig' }] }, 'Any': { 'Fn::Or': [{ 'Condition': 'IsDev' }, { 'Condition': 'IsBig' }] },
                          'Circle': { 'Condition': 'Circle' } },
          'Resources': { 'Queue': { 'Type': 'AWS::SQS::Queue' }, 'Big': { 'Type': 'AWS::SQS::Queue', 'Condition': 'IsBig' } } }
        """;

    [Theory]
    [InlineData("{ 'Ref': 'Queue' }", "'Queue-ref'")]
    [InlineData("{ 'Ref': 'Stage' }", "'dev'")]
    [InlineData("{ 'Ref': 'Size' }", "'3'")]
    [InlineData("{ 'Ref': 'Zones' }", "['a','b']")]
    [InlineData("{ 'Fn::GetAtt': ['Queue', 'Arn'] }", "'arn:Queue'")]
    [InlineData("{ 'Fn::GetAtt': 'Queue.Nested.Name' }", "'Queue-name'")]
    [InlineData("{ 'Fn::Join': ['-', ['a', { 'Ref': 'Stage' }, 1, true]] }", "'a-dev-1-true'")]
    [InlineData("{ 'Fn::Join': ['', { 'Ref': 'Zones' }] }", "'ab'")]
    [InlineData("{ 'Fn::Select': [1, { 'Fn::Split': ['|', 'x|y|z'] }] }", "'y'")]
    [InlineData("{ 'Fn::Select': ['0', { 'Ref': 'Zones' }] }", "'a'")]
    [InlineData("{ 'Fn::Sub': '${Stage}/${Queue}/${Queue.Arn}/${!Literal}/$x' }", "'dev/Queue-ref/arn:Queue/${Literal}/$x'")]
    [InlineData("{ 'Fn::Sub': ['${a}-${Stage}', { 'a': { 'Ref': 'Queue' } }] }", "'Queue-ref-dev'")]
    [InlineData("{ 'Fn::If': ['IsDev', 'yes', 'no'] }", "'yes'")]
    [InlineData("{ 'Fn::If': ['Both', 'yes', { 'Fn::If': ['Any', 'or', 'no'] }] }", "'or'")]
    [InlineData("{ 'Fn::FindInMap': ['Sizes', { 'Ref': 'Stage' }, 'memory'] }", "128")]
    [InlineData("{ 'Fn::Base64': 'hi' }", "'aGk='")]
    [InlineData("{ 'Fn::Sub': '${AWS::StackName} ${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix}' }", "'shop eu-central-1 123456789012 aws amazonaws.com'")]
    [InlineData("{ 'a': [1, { 'Ref': 'AWS::NoValue' }, 'b'], 'c': { 'Ref': 'AWS::NoValue' }, 'd': null }", "{'a':[1,'b'],'d':null}")]
    [InlineData("{ 'a': { 'Fn::If': ['IsDev', { 'Ref': 'AWS::NoValue' }, 1] } }", "{}")]
    [InlineData("{ 'Ref': 'Stage', 'and': 'more, so it is data' }", "{'Ref':'Stage','and':'more, so it is data'}")]
    public void An_expression_has_the_value_that_CloudFormation_gives_it(string expression, string value) =>
        Assert.Equal(value, Given.Evaluate(expression, Queue));

    [Theory]
    [InlineData("{ 'Ref': 'Nobody' }", "Here: 'Nobody' is neither a resource nor a parameter of stack 'shop'. Correct the name.")]
    [InlineData("{ 'Ref': 'Big' }", "Here: 'Big' (AWS::SQS::Queue) is not created, because its condition 'IsBig' is false. Give the reference the same condition.")]
    [InlineData("{ 'Ref': 'Asked' }", "Here: parameter 'Asked' has no default. Give it one in the template. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Ref': 'Boot' }", "Here: parameter 'Boot' is read from the SSM parameter store, which does not exist here. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::GetAtt': ['Queue', 'Colour'] }", "Here: attribute 'Colour' of 'Queue' (AWS::SQS::Queue) is not known here. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::ImportValue': 'theirs' }", "Here: no stack exports 'theirs'. Add the stack that does to the same app. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::Select': [5, { 'Ref': 'Zones' }] }", "Here: Fn::Select asks for item 5 of a list of 2. Choose one from 0 to 1.")]
    [InlineData("{ 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }", "Here: the mapping 'Sizes' has no entry 'prod' / 'memory'. Add it to the template's Mappings.")]
    [InlineData("{ 'Fn::If': ['Nope', 1, 2] }", "Here: condition 'Nope' is not in the template's Conditions.")]
    [InlineData("{ 'Fn::If': ['Circle', 1, 2] }", "Condition 'Circle' of stack 'shop' refers to itself. Break the circle.")]
    [InlineData("{ 'Fn::Cidr': ['10.0.0.0/8', 2, 8] }", "Here: 'Fn::Cidr' with the argument [\"10.0.0.0/8\",2,8] cannot be resolved here. If only an environment variable needs it, override that variable.")]
    public void An_expression_without_a_value_is_an_error_that_says_what_to_do(string expression, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<TemplateException>(() => Given.Evaluate(expression, Queue)).Message);
}
